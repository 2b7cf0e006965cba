using System.Globalization;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>Makes street lights of the rows of an inventory; what cannot be one is told with its line.</summary>
public static class StreetLightRows
{
    private const int LongestId = 64;
    private const int LongestText = 200;
    private const int MostLamps = 100;

    /// <param name="rows">Of the inventory.</param>
    /// <param name="columns">What they call things.</param>
    /// <param name="edge">The city; null: wherever they are.</param>
    /// <param name="tally">Is told what was rejected.</param>
    public static IEnumerable<StreetLight> Read(IEnumerable<FileRow> rows, StreetLightColumns columns, CityEdge? edge, ImportTally tally)
    {
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            tally.Look();
            var (light, fault) = row.Fault is null ? One(row, columns, edge) : (null, row.Fault);
            // The first of two counts.
            if (light is not null && !lines.TryAdd(light.Pole, row.Line))
                fault = new RowFault(row.Line, light.Pole, RowReason.Twice, $"line {lines[light.Pole].ToString(CultureInfo.InvariantCulture)} has this id already, and counts", "give each pole its own");
            if (fault is null) yield return light!;
            else tally.Reject(fault);
        }
    }

    private static (StreetLight? Light, RowFault? Fault) One(FileRow row, StreetLightColumns columns, CityEdge? edge)
    {
        var id = row.Text(columns.Id);
        (StreetLight?, RowFault?) Fault(string reason, string cause, string remedy) => (null, new RowFault(row.Line, id is { Length: > LongestId } ? null : id, reason, cause, remedy));
        if (id is null) return Fault(RowReason.NoId, $"{columns.Id} is empty", "give each pole its id");
        if (id.Length > LongestId) return Fault(RowReason.TooLong, $"{columns.Id} is longer than {LongestId} characters", "shorten it");
        if (id.Any(char.IsControl)) return Fault(RowReason.Value, $"{columns.Id} has a control character in it", "take it out");
        var (at, fault) = RowPlace.Of(row, id, columns.Latitude, columns.Longitude);
        if (at is not { } place) return (null, fault);
        if (edge?.Fault(place) is { } outside) return Fault(RowReason.Outside, outside.Split(": ")[0], outside.Split(": ")[^1]);
        string[] texts = [columns.Owner, columns.Kind, columns.Fixture];
        if (texts.FirstOrDefault(t => row.Text(t)?.Length > LongestText) is { } longText) return Fault(RowReason.TooLong, $"{longText} is longer than {LongestText} characters", "shorten it");
        var lamps = row.Text(columns.Lamps) is null ? 1 : row.Whole(columns.Lamps);
        if (lamps is not (>= 0 and <= MostLamps)) return Fault(RowReason.Value, $"{columns.Lamps} is '{row.Text(columns.Lamps)}'", $"write a number from 0 to {MostLamps}, or nothing");
        return (new StreetLight(id, place, row.Text(columns.Owner), row.Text(columns.Kind), row.Text(columns.Fixture), lamps.Value, row.Whole(columns.Neighbourhood)), null);
    }
}
