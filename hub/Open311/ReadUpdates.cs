using System.Globalization;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary><c>GET servicerequestupdates</c> (mySociety's extension): what was said in public about public requests.</summary>
internal sealed class ReadUpdates(Database database, HubOptions hub, TimeProvider time)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public async Task<GeoAnswer> HandleAsync(GeoCall call, CancellationToken cancel)
    {
        var (query, faults) = RequestQuery.Read(call.Fields, time.GetUtcNow(), zone, capped: false);
        if (faults.Count > 0) return GeoAnswer.Bad(faults);
        // Both pairs of names mean the time of the update here.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (from, to) = query.Requested ?? (query.UpdatedFromMs ?? now - (long)DateSpan.Longest.TotalMilliseconds, query.UpdatedToMs ?? now);
        var (wanted, size) = (query.Skip + query.Limit, Math.Min(query.Limit, RequestQuery.MostOfPage));
        var updates = await database.ReadAsync(
            c => query.Ids.Count > 0 ? TicketReading.UpdatesOf(c, [.. query.Ids]) : TicketReading.Updates(c, from, to, wanted + 1), cancel).ConfigureAwait(false);
        var page = query.Ids.Count > 0 ? updates : updates.Skip(query.Skip).Take(query.Limit);
        return GeoAnswer.List("service_request_updates", "request_update", page.Where(UpdateView.IsSeen).Select(u => UpdateView.Of(u, call.Endpoint))) with
        {
            // The oldest come first and only newer ones are added: pages do not move.
            NextPage = query.Ids.Count == 0 && updates.Count > wanted
                ? string.Create(CultureInfo.InvariantCulture, $"start_date={Text(from)}&end_date={Text(to)}&page={wanted / size + 1}&page_size={size}")
                : null,
        };
    }

    private static string Text(long ms) => GeoDate.Write(DateTimeOffset.FromUnixTimeMilliseconds(ms));
}
