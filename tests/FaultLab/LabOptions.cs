using System.Globalization;
using ThreeOneOne.Field.FaultLab.Points;
using ThreeOneOne.Field.Fleet;

namespace ThreeOneOne.Field.FaultLab;

/// <summary>What the lab was asked to do.</summary>
/// <param name="Points">Faults that must strike.</param>
/// <param name="Seed">Of everything that is chosen.</param>
/// <param name="Vehicles">Vehicles that work at the same time.</param>
/// <param name="Offline">Days without a line; null: the usual run.</param>
/// <param name="Only">Faults of vehicles that are wanted; empty: all.</param>
/// <param name="SelfTest">Breaks each promise on purpose and wants to see it reported.</param>
internal sealed record LabOptions(int Points, int Seed, int Vehicles, int? Offline, IReadOnlyList<FaultKind> Only, bool SelfTest, LabFolder Folder)
{
    private static readonly string[] Known = ["points", "seed", "vehicles", "offline", "only", "self-test", "data", "hub", "agent", "city", "shim"];

    /// <exception cref="FormatException">Something cannot be read.</exception>
    public static LabOptions Read(string[] arguments)
    {
        var given = new Arguments(arguments, Known);
        int? days = given.Optional("offline") is { } text
            ? text.EndsWith('d') && int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 400 ? n : throw new FormatException($"--offline = '{text}': expected days such as 45d")
            : null;
        List<FaultKind> only = [];
        foreach (var name in given.Optional("only")?.Split(',') ?? [])
            only.Add(Enum.TryParse<FaultKind>(name, out var kind) && FaultPlan.OfVehicles.Contains(kind) ? kind : throw new FormatException($"--only = '{name}': expected some of {string.Join(',', FaultPlan.OfVehicles)}"));
        return new LabOptions(
            given.Number("points", 1_000, 1, 100_000), given.Number("seed", 311), given.Number("vehicles", 8, 2, 64), days, only, given.Optional("self-test") is "yes",
            new LabFolder(Path.GetFullPath(given.Text("data")), given.Text("hub"), given.Text("agent"), given.Text("city"), given.Text("shim")));
    }
}
