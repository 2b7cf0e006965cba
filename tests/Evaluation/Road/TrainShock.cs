using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Evaluation.Road.Simulated;
using ThreeOneOne.Field.Fleet.Bodies;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>
/// Fits the weights that vehicles carry, and scores them on simulated vehicles and roads of other ranges. Recordings are not
/// read: those score what was fitted, by <see cref="RoadEvaluation"/>, and never shape it.
/// </summary>
internal sealed class TrainShock : IEvaluation
{
    private const int ScoredVehicles = 60;

    public string Name => "train-shock";

    public string Purpose => "fit the vehicle's shock model on simulated vehicles (--out FILE writes its weights)";

    public void Run(EvaluationContext context, Report report)
    {
        var training = ShockTraining.Make(context.Seed);
        if (context.Out is { } file) File.WriteAllText(file, WeightsFile.Text(training, context.Seed));
        var windows = SimulatedClips.Make(ParameterSet.Scoring, context.Seed + 1, ScoredVehicles, rounds: 2).SelectMany(RoadWindow.Cut).ToList();
        report.Condition($"{training.Vehicles} simulated vehicles, inputs {training.Inputs}, temperature {training.Model.Temperature}; scored on {ScoredVehicles} others of other ranges");
        foreach (var other in Enum.GetValues<RoadLabel>().Where(l => l != RoadLabel.Pothole))
        {
            var scores = ClipTable.LogOdds(training.Model, windows, ShockTraining.ClassOf(other));
            ClipTable.Add(report, windows, scores, other, "held out", "held_out", null, withTpr: false);
        }

        foreach (var label in windows.Select(w => w.Clip.Label).Distinct().Order()) report.Condition(Confusion(training.Model, windows, label));
    }

    private static string Confusion(ShockModel model, List<RoadWindow> windows, RoadLabel label)
    {
        var taken = new int[ShockModel.Classes];
        var chances = new double[ShockModel.Classes];
        var all = 0;
        foreach (var window in windows.Where(w => w.Clip.Label == label))
        {
            model.Chances(ShockTraining.Features(window), chances);
            taken[Array.IndexOf(chances, chances.Max())]++;
            all++;
        }

        return $"  {ClipTable.Words(label)} taken for: {string.Join(", ", Enum.GetValues<ShockClass>().Select(c => $"{c} {100.0 * taken[(int)c] / all:0} %"))}";
    }
}
