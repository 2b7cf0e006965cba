using System.Globalization;
using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Data;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>
/// How the simulation's windows compare with real ones, label by label: a tenth, the middle and nine tenths of what is most
/// telling of a ride. The ranges of vehicles, holes and noise were set by these, and by nothing else of the recordings.
/// </summary>
internal static class Calibration
{
    private static readonly string[] Shown =
        ["ln_rms_z", "ln_rms_h", "up_over_down", "kurtosis", "z_1_2hz", "z_9_15hz", "z_15_25hz", "h_1_5hz", "ln_swing_mps", "ln_jerk", "energy_in_300ms", "ln_h_over_z"];

    public static void Add(Report report, IReadOnlyList<RoadWindow> real, IReadOnlyList<RoadWindow> simulated)
    {
        report.Condition("calibration, simulated | real: quantiles 0.1/0.5/0.9 of the features");
        foreach (var label in real.Select(w => w.Clip.Label).Distinct().Order())
        {
            var (made, seen) = (Rows(simulated, label), Rows(real, label));
            report.Condition($"  {ClipTable.Words(label)}: " + string.Join("; ", Shown.Select(name =>
            {
                var feature = ShockFeatures.Names.ToList().IndexOf(name);
                return $"{name} {Quantiles(made, feature)} | {Quantiles(seen, feature)}";
            })));
        }
    }

    private static List<float[]> Rows(IReadOnlyList<RoadWindow> windows, RoadLabel label) =>
        [.. windows.Where(w => w.Clip.Label == label).Select(ShockTraining.Features)];

    private static string Quantiles(List<float[]> rows, int feature)
    {
        var values = rows.Select(r => r[feature]).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{values[values.Count / 10]:0.00}/{values[values.Count / 2]:0.00}/{values[values.Count * 9 / 10]:0.00}");
    }
}
