using System.Net;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary><c>GET requests</c> and <c>GET requests/{id}</c>: requests that everybody may see.</summary>
internal sealed class ReadServiceRequests(Database database, ServiceCatalogue catalogue, RequestView view, HubOptions hub, TimeProvider time)
{
    private const string NoCursor = "cursor is not what a Link header gave: start again without it";

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public async Task<GeoAnswer> ListAsync(GeoCall call, CancellationToken cancel)
    {
        var (query, faults) = RequestQuery.Read(call.Fields, time.GetUtcNow(), zone);
        var after = query.Cursor is { } cursor ? RequestCursor.TryParse(cursor) : null;
        if (faults.Count > 0 || (query.Cursor is not null && after is null)) return GeoAnswer.Bad(query.Cursor is not null && after is null ? [.. faults, NoCursor] : faults);
        var services = catalogue.All.Where(s => s.Public && (query.Services.Count == 0 || query.Services.Contains(s.Code))).Select(s => s.Code).ToList();
        var filter = new PublicFilter
        {
            Numbers = query.Ids, Services = services, Open = Asked(query, Ticket.Open), Closed = Asked(query, Ticket.Closed),
            OpenedFromMs = query.Requested?.FromMs, OpenedToMs = query.Requested?.ToMs, UpdatedFromMs = query.UpdatedFromMs, UpdatedToMs = query.UpdatedToMs,
            Text = query.Text, ByUpdated = query.ByUpdated, Skip = query.Skip, Limit = query.Limit, After = after,
        };
        return await database.ReadAsync(c =>
        {
            var (tickets, next) = PublicReading.Page(c, filter);
            return GeoAnswer.List("service_requests", "request", query.Extensions ? Extended(c, tickets) : tickets.Select(view.Of)) with
            {
                NextPage = next is null ? null : NextPage(call.Fields, next.ToString()),
            };
        }, cancel).ConfigureAwait(false);
    }

    public async Task<GeoAnswer> OneAsync(GeoCall call, CancellationToken cancel)
    {
        var (query, _) = RequestQuery.Read(call.Fields, time.GetUtcNow(), zone);
        return await database.ReadAsync(c =>
        {
            if (TicketStore.Find(c, null, call.Id) is not { } ticket || !IsPublic(ticket))
                return GeoAnswer.Missing("no request has this service_request_id: GET requests lists those there are");
            return GeoAnswer.List("service_requests", "request", query.Extensions ? Extended(c, [ticket]) : [view.Of(ticket)]);
        }, cancel).ConfigureAwait(false);
    }

    private bool IsPublic(Ticket ticket) => ticket.IsPublic && catalogue.Find(ticket.Service) is { Public: true };

    private List<GeoNode.Group> Extended(System.Data.Common.DbConnection connection, IReadOnlyList<Ticket> tickets)
    {
        var numbers = tickets.Select(t => t.Number).ToList();
        var updates = TicketReading.UpdatesOf(connection, numbers).ToLookup(u => u.Request);
        var evidence = PublicReading.EvidenceOf(connection, numbers);
        return tickets.Select(t => view.Of(t, updates[t.Number], evidence.TryGetValue(t.Number, out var days) ? days : null)).ToList();
    }

    private static bool Asked(RequestQuery query, string status) => query.Statuses.Count == 0 || query.Statuses.Contains(status);

    /// <summary>The same question from where this page ended.</summary>
    private static string NextPage(GeoFields fields, string cursor) => string.Join('&', fields.Names
        .Where(n => n is not ("page" or "cursor" or "api_key"))
        .SelectMany(n => fields.All(n).Select(v => $"{WebUtility.UrlEncode(n)}={WebUtility.UrlEncode(v)}"))
        .Append($"cursor={WebUtility.UrlEncode(cursor)}"));
}
