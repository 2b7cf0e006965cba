using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Backlog;

/// <summary>Makes requests of the rows of a table; what cannot be one is told with its line.</summary>
public sealed class BacklogRows(BacklogMap map, ServiceCatalogue catalogue, CityEdge edge, TimeZoneInfo zone, DateTimeOffset now)
{
    private const int LongestId = 64;
    private const int LongestText = 4_000;
    private const int LongestAddress = 500;

    // Systems write the two with different clocks.
    private static readonly TimeSpan ClosedBefore = TimeSpan.FromDays(1);

    private readonly Dictionary<string, string> services = new(map.Services, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> sources = new(map.Sources, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> resolutions = new(map.Resolutions, StringComparer.OrdinalIgnoreCase);

    /// <returns>The request; or why there is none; or neither, when its service is passed over.</returns>
    public (BacklogRow? Request, RowFault? Fault) Read(FileRow row)
    {
        if (row.Fault is not null) return (null, row.Fault);
        var id = row.Text(map.Column("id"));
        (BacklogRow?, RowFault?) Fault(string reason, string cause, string remedy) => (null, new RowFault(row.Line, id is { Length: > LongestId } ? null : id, reason, cause, remedy));
        if (id is null) return Fault(RowReason.NoId, $"{map.Column("id")} is empty", "give each request its number");
        if (id.Length > LongestId) return Fault(RowReason.TooLong, $"{map.Column("id")} is longer than {LongestId} characters", "shorten it");
        if (row.Text(map.Column("service")) is not { } theirs) return Fault(RowReason.Service, $"{map.Column("service")} is empty", "name its service");
        if (services.GetValueOrDefault(theirs) == BacklogMap.PassOver) return (null, null);
        if (catalogue.Find(services.GetValueOrDefault(theirs) ?? theirs) is not { } service)
            return Fault(RowReason.Service, $"no service of ours stands for '{Shown(theirs)}'", "add it to services of the map, with our code or \"-\" to pass it over");
        var (at, noPlace) = RowPlace.Of(row, id, map.Column("lat"), map.Column("lon"));
        if (at is not { } place) return (null, noPlace);
        if (edge.Fault(place) is { } outside) return Fault(RowReason.Outside, outside.Split(": ")[0], outside.Split(": ")[^1]);
        if (Time(row, "opened", out var opened) is { } noOpening) return Fault(RowReason.Date, noOpening, DateRemedy);
        if (opened is not { } openedAt) return Fault(RowReason.Date, $"{map.Column("opened")} is empty", "say when it was opened");
        if (Time(row, "target", out var target) is { } noTarget) return Fault(RowReason.Date, noTarget, DateRemedy);
        if (Time(row, "closed", out var closed) is { } noEnd) return Fault(RowReason.Date, noEnd, DateRemedy);
        if (openedAt > now + ClosedBefore) return Fault(RowReason.Date, $"{map.Column("opened")} lies in the future", "correct it, or Hub:TimeZone");
        var isClosed = closed is not null;
        if (row.Text(map.Column("status")) is { } status)
        {
            isClosed = map.Closed.Contains(status, StringComparer.OrdinalIgnoreCase);
            if (!isClosed && !map.Open.Contains(status, StringComparer.OrdinalIgnoreCase)) return Fault(RowReason.Status, $"'{Shown(status)}' is no status", "add it to open or closed of the map");
        }

        if (isClosed && closed is null) return Fault(RowReason.Date, $"it is closed and {map.Column("closed")} is empty", "say when it was closed");
        if (isClosed && closed < openedAt - ClosedBefore) return Fault(RowReason.Date, "it was closed before it was opened", "correct the two");
        var (text, address, pole) = (row.Text(map.Column("description")), row.Text(map.Column("address")), row.Text(map.Column("pole")));
        if (text?.Length > LongestText) return Fault(RowReason.TooLong, $"{map.Column("description")} is longer than {LongestText} characters", "shorten it");
        if (address?.Length > LongestAddress) return Fault(RowReason.TooLong, $"{map.Column("address")} is longer than {LongestAddress} characters", "shorten it");
        var ending = row.Text(map.Column("resolution")) is { } how ? resolutions.GetValueOrDefault(how) ?? map.EndedAs : map.EndedAs;
        return (new BacklogRow
        {
            Line = row.Line, Id = id, Service = service, At = place.Rounded(), OpenedAt = openedAt, TargetAt = target, Address = address, Text = text, Pole = pole,
            Ended = isClosed ? (closed!.Value < openedAt ? openedAt : closed.Value, service.Resolutions.Contains(ending) ? ending : map.EndedAs) : null,
            Source = row.Text(map.Column("source")) is { } source ? sources.GetValueOrDefault(source) ?? "resident" : "resident",
        }, null);
    }

    private string DateRemedy => map.Times.Length == 0 ? "write it as 2026-11-21T10:00:00Z, or name its format in times of the map" : $"write it as {string.Join(" or ", map.Times)}";

    /// <returns>What is wrong with it; an empty one is nothing.</returns>
    private string? Time(FileRow row, string name, out DateTimeOffset? at)
    {
        at = null;
        if (row.Text(map.Column(name)) is not { } text) return null;
        at = RowTime.Read(text, map.Times, zone, now);
        return at is null ? $"{map.Column(name)} is '{Shown(text)}'" : null;
    }

    private static string Shown(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
