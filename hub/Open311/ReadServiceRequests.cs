using System.Net;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary><c>GET requests</c> and <c>GET requests/{id}</c>: requests that everybody may see.</summary>
internal sealed class ReadServiceRequests(Database database, PublicRequests requests, HubOptions hub, TimeProvider time)
{
    private const string NoCursor = "cursor is not what a Link header gave: start again without it";

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public async Task<GeoAnswer> ListAsync(GeoCall call, CancellationToken cancel)
    {
        var (query, faults) = RequestQuery.Read(call.Fields, time.GetUtcNow(), zone);
        var after = query.Cursor is { } cursor ? RequestCursor.TryParse(cursor) : null;
        if (faults.Count > 0 || (query.Cursor is not null && after is null)) return GeoAnswer.Bad(query.Cursor is not null && after is null ? [.. faults, NoCursor] : faults);
        var filter = new PublicFilter
        {
            Numbers = query.Ids, Services = requests.Services([.. query.Services]), Open = Asked(query, Ticket.Open), Closed = Asked(query, Ticket.Closed),
            OpenedFromMs = query.Requested?.FromMs, OpenedToMs = query.Requested?.ToMs, UpdatedFromMs = query.UpdatedFromMs, UpdatedToMs = query.UpdatedToMs,
            Text = query.Text, ByUpdated = query.ByUpdated, Skip = query.Skip, Limit = query.Limit, After = after,
        };
        return await database.ReadAsync(c =>
        {
            var (tickets, next) = PublicReading.Page(c, filter);
            return GeoAnswer.List("service_requests", "request", Views(c, tickets, query, call)) with
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
            if (TicketStore.Find(c, null, call.Id) is not { } ticket || !requests.IsPublic(ticket))
                return GeoAnswer.Missing("no request has this service_request_id: GET requests lists those there are");
            return GeoAnswer.List("service_requests", "request", Views(c, [ticket], query, call));
        }, cancel).ConfigureAwait(false);
    }

    private IReadOnlyList<GeoNode.Group> Views(System.Data.Common.DbConnection connection, IReadOnlyList<Ticket> tickets, RequestQuery query, GeoCall call) =>
        query.Extensions ? requests.Extended(connection, tickets, call.Endpoint) : requests.Plain(connection, tickets, call.Endpoint);

    private static bool Asked(RequestQuery query, string status) => query.Statuses.Count == 0 || query.Statuses.Contains(status);

    /// <summary>The same question from where this page ended.</summary>
    private static string NextPage(GeoFields fields, string cursor) => string.Join('&', fields.Names
        .Where(n => n is not ("page" or "cursor" or "api_key"))
        .SelectMany(n => fields.All(n).Select(v => $"{WebUtility.UrlEncode(n)}={WebUtility.UrlEncode(v)}"))
        .Append($"cursor={WebUtility.UrlEncode(cursor)}"));
}
