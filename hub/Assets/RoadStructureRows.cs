using System.Globalization;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>Makes structures of the rows of a layer; what cannot be one is told with its line.</summary>
public static class RoadStructureRows
{
    private const int LongestId = 64;

    private static readonly Dictionary<string, RoadStructureKind> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["casting"] = RoadStructureKind.Casting, ["utility structure"] = RoadStructureKind.Casting, ["manhole"] = RoadStructureKind.Casting,
        ["catch basin"] = RoadStructureKind.Casting, ["valve"] = RoadStructureKind.Casting, ["gate box"] = RoadStructureKind.Casting, ["cover"] = RoadStructureKind.Casting,
        ["hump"] = RoadStructureKind.Hump, ["speed hump"] = RoadStructureKind.Hump, ["speed table"] = RoadStructureKind.Hump, ["raised crossing"] = RoadStructureKind.Hump,
        ["joint"] = RoadStructureKind.Joint, ["expansion joint"] = RoadStructureKind.Joint, ["bridge"] = RoadStructureKind.Joint,
        ["rail"] = RoadStructureKind.Rail, ["rail crossing"] = RoadStructureKind.Rail,
    };

    /// <summary>Every word for a kind, for people who wrote another.</summary>
    public static string Words { get; } = string.Join(", ", Known.Keys);

    public static RoadStructureKind? KindOf(string word) => Known.TryGetValue(word.Trim(), out var kind) ? kind : null;

    /// <returns>Metres; null for what are none, or more than a layer may be off.</returns>
    public static double? Accuracy(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var metres) && metres is >= 0 and <= RoadStructureColumns.MostAccuracyM ? metres : null;

    /// <param name="rows">Of the layer.</param>
    /// <param name="columns">What they call things.</param>
    /// <param name="edge">The city; null: wherever they are.</param>
    /// <param name="tally">Is told what was rejected.</param>
    /// <param name="named">Is told every id, also of rows that are rejected.</param>
    public static IEnumerable<RoadStructure> Read(IEnumerable<FileRow> rows, RoadStructureColumns columns, CityEdge? edge, ImportTally tally, Action<string> named)
    {
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            tally.Look();
            var (structure, fault) = row.Fault is null ? One(row, columns, edge) : (null, row.Fault);
            // The first of two counts.
            if (structure is not null && !lines.TryAdd(structure.Id, row.Line))
                fault = new RowFault(row.Line, structure.Id, RowReason.Twice, $"line {lines[structure.Id].ToString(CultureInfo.InvariantCulture)} has this id already, and counts", "give each structure its own");
            if ((structure?.Id ?? fault?.Row) is { } id) named(id);
            if (fault is null) yield return structure!;
            else tally.Reject(fault);
        }
    }

    private static (RoadStructure? Structure, RowFault? Fault) One(FileRow row, RoadStructureColumns columns, CityEdge? edge)
    {
        var id = row.Text(columns.Id);
        (RoadStructure?, RowFault?) Fault(string reason, string cause, string remedy) => (null, new RowFault(row.Line, id is { Length: > LongestId } ? null : id, reason, cause, remedy));
        if (id is null) return Fault(RowReason.NoId, $"{columns.Id} is empty", "give each structure its id, or name its column: --id");
        if (id.Length > LongestId) return Fault(RowReason.TooLong, $"{columns.Id} is longer than {LongestId} characters", "shorten it");
        if (id.Any(char.IsControl)) return Fault(RowReason.Value, $"{columns.Id} has a control character in it", "take it out");
        var word = row.Text(columns.Kind);
        if ((columns.Is ?? (word is null ? null : KindOf(word))) is not { } kind)
            return Fault(RowReason.Value, word is null ? $"{columns.Kind} is empty" : $"{columns.Kind} is '{word}'", $"write one of {Words}; or say what the whole file is: --is casting");
        var (at, fault) = RowPlace.Of(row, id, columns.Latitude, columns.Longitude);
        if (at is not { } place) return (null, fault);
        if (edge?.Fault(place) is { } outside) return Fault(RowReason.Outside, outside.Split(": ")[0], outside.Split(": ")[^1]);
        var accuracy = row.Text(columns.Accuracy);
        return (accuracy is null ? columns.AccuracyM : Accuracy(accuracy)) is { } accuracyM
            ? (new RoadStructure(columns.Layer, id, kind, place, accuracyM), null)
            : Fault(RowReason.Value, $"{columns.Accuracy} is '{accuracy}'", FormattableString.Invariant($"write metres from 0 to {RoadStructureColumns.MostAccuracyM}, or nothing"));
    }
}
