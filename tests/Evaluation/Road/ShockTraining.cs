using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Evaluation.Learning;
using ThreeOneOne.Field.Evaluation.Road.Simulated;
using ThreeOneOne.Field.Fleet.Bodies;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>Fits the vehicle's shock model to simulated vehicles, and nothing else.</summary>
/// <param name="Model">What was fitted.</param>
/// <param name="Vehicles">How many vehicles it was fitted to.</param>
/// <param name="Windows">How many windows of each class.</param>
/// <param name="Inputs">A number that changes when any feature of any window does.</param>
internal sealed record ShockTraining(ShockModel Model, int Vehicles, IReadOnlyDictionary<ShockClass, int> Windows, string Inputs)
{
    public const string Version = "shock-2";

    private const double Ridge = 5;

    /// <param name="seed">Of all chance.</param>
    /// <param name="vehicles">How many are driven; each gives a few windows of each class.</param>
    /// <param name="rounds">How many clips of each label each gives.</param>
    public static ShockTraining Make(int seed, int vehicles = 150, int rounds = 3)
    {
        var (rows, classes) = Examples(SimulatedClips.Make(ParameterSet.Training, seed, vehicles, rounds));
        var counts = classes.GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count());
        // Each class counts as much as any other: chances are those of equal odds beforehand.
        var fitted = new SoftmaxTrainer(Ridge).Train(Version, rows, classes, [.. classes.Select(c => classes.Count / (6.0 * counts[c]))]);
        // A fifth as many further vehicles, with another seed, say how far the sums are to be believed.
        var (heldRows, heldClasses) = Examples(SimulatedClips.Make(ParameterSet.Training, seed + 1_000_000, Math.Max(2, vehicles / 5), rounds));
        return new ShockTraining(fitted with { Temperature = Temperature.Fit(fitted, heldRows, heldClasses) }, vehicles,
            counts.ToDictionary(c => (ShockClass)c.Key, c => c.Value), Hash([.. rows, .. heldRows]));
    }

    public static float[] Features(RoadWindow window)
    {
        var row = new float[ShockFeatures.Names.Count];
        ShockFeatures.Write(window.X, window.Y, window.Z, window.Clip.SpeedMps, row);
        return row;
    }

    public static ShockClass ClassOf(RoadLabel label) => label switch
    {
        RoadLabel.Pothole => ShockClass.Pothole,
        RoadLabel.Casting or RoadLabel.Joint or RoadLabel.MetalBump => ShockClass.Casting,
        RoadLabel.Hump => ShockClass.Hump,
        RoadLabel.Rough => ShockClass.Rough,
        RoadLabel.Handling => ShockClass.Handling,
        _ => ShockClass.Quiet,
    };

    // To four decimals: sines and logarithms may differ in their last bits from machine to machine.
    private static string Hash(IReadOnlyList<float[]> rows)
    {
        var values = rows.SelectMany(r => r).Select(v => float.IsNaN(v) ? int.MinValue : (int)Math.Round(v * 10_000.0)).ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(values)))[..16];
    }

    private static (List<float[]> Rows, List<int> Classes) Examples(List<RoadClip> clips)
    {
        var windows = clips.SelectMany(RoadWindow.Cut).ToList();
        return ([.. windows.Select(Features)], [.. windows.Select(w => (int)ClassOf(w.Clip.Label))]);
    }
}
