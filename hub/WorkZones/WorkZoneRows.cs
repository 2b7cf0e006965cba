using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.WorkZones;

/// <summary>Makes works of the features of a feed; what cannot be one is told with its line.</summary>
/// <param name="columns">What the feed calls things.</param>
/// <param name="edge">The city.</param>
/// <param name="zone">Of times that name none.</param>
/// <param name="now">What the future is counted from.</param>
public sealed class WorkZoneRows(WorkZoneColumns columns, CityEdge edge, TimeZoneInfo zone, DateTimeOffset now)
{
    private const int LongestId = 100;
    private const int LongestLabel = 200;
    private const string WorkZoneType = "work-zone";

    /// <param name="rows">Of the feed.</param>
    /// <param name="tally">Is told what was rejected or is of something else.</param>
    /// <param name="named">Is told every id, also of rows that are rejected.</param>
    public IEnumerable<WorkZone> Read(IEnumerable<FileRow> rows, ImportTally tally, Action<string> named)
    {
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            // The first of a feature's rows has the whole geometry.
            if (row.IsContinued) continue;
            tally.Look();
            if (row.Fault is null && row.Text(columns.EventType) is { } type && type != WorkZoneType)
            {
                tally.Skipped++;
                continue;
            }

            var (works, fault) = row.Fault is null ? One(row) : (null, row.Fault);
            if (works is not null && !lines.TryAdd(works.Id, row.Line))
                fault = new RowFault(row.Line, works.Id, RowReason.Twice, $"line {lines[works.Id].ToString(CultureInfo.InvariantCulture)} has this id already, and counts", "give each its own");
            if ((works?.Id ?? fault?.Row) is { } id) named(id);
            if (fault is null) yield return works!;
            else tally.Reject(fault);
        }
    }

    private (WorkZone? Works, RowFault? Fault) One(FileRow row)
    {
        var id = columns.Id is { } name ? row.Text(name) : row.FeatureId?.Trim() is { Length: > 0 } own ? own : row.Text("id");
        (WorkZone?, RowFault?) Fault(string reason, string cause, string remedy) => (null, new RowFault(row.Line, id is { Length: > LongestId } ? null : id, reason, cause, remedy));
        if (row.IsTable) return Fault(RowReason.NoPlace, "a table has no drawings", "bring the works as GeoJSON or WZDx");
        if (id is null) return Fault(RowReason.NoId, $"{columns.Id ?? "the feature's id"} is empty", "give each its id, or name its property: --id");
        if (id.Length > LongestId) return Fault(RowReason.TooLong, $"{columns.Id ?? "its id"} is longer than {LongestId} characters", "shorten it");
        if (id.Any(char.IsControl)) return Fault(RowReason.Value, $"{columns.Id ?? "its id"} has a control character in it", "take it out");
        if (Time(row, columns.From, isEnd: false) is not { } from) return Fault(RowReason.Date, Said(row, columns.From), "write it as 2026-11-21T10:00:00Z, or name its property: --from");
        if (Time(row, columns.Until, isEnd: true) is not { } until) return Fault(RowReason.Date, Said(row, columns.Until), "write it as 2026-11-21T10:00:00Z, or name its property: --until");
        if (until <= from) return Fault(RowReason.Date, "it ends before it begins", "correct the two");
        if (row.GeometryType.Length == 0) return Fault(RowReason.NoPlace, "nothing is drawn", "draw it as a LineString or a Polygon");
        DrawnShape drawn;
        try
        {
            drawn = DrawnShape.Of(row.Geometry);
        }
        catch (InvalidDataException e)
        {
            return Fault(RowReason.NoPlace, e.Message.Split(": ")[0], e.Message.Split(": ")[^1]);
        }

        if (drawn.Cells is null) return Fault(RowReason.Value, "it is larger than works are", "divide it: 100 km of road or 4 square kilometres at the most, within 14 km by 10 km");
        if (edge.Fault(drawn.Middle) is { } outside) return Fault(RowReason.Outside, outside.Split(": ")[0], outside.Split(": ")[^1]);
        var label = row.Text(columns.Label) ?? row.Text("name") ?? "";
        label = string.Concat(label.EnumerateRunes().Where(r => !Rune.IsControl(r)).Take(LongestLabel));
        return (new WorkZone(columns.Layer, id, label, from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), drawn), null);
    }

    private DateTimeOffset? Time(FileRow row, string name, bool isEnd)
    {
        if (row.Text(name) is not { } text || RowTime.Read(text, [], zone, now) is not { } at) return null;
        // Whose end is a day has that day in it.
        return isEnd && text.Length == "2026-11-21".Length ? RowTime.Read(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), [], zone, now) : at;
    }

    private static string Said(FileRow row, string name) => row.Text(name) is { } text ? $"{name} is '{(text.Length > 60 ? text[..60] + "…" : text)}'" : $"{name} is empty";
}
