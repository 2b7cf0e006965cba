using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary><c>GET servicerequestupdates</c> (mySociety's extension): what was said in public about public requests.</summary>
internal sealed class ReadUpdates(Database database, HubOptions hub, TimeProvider time)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public async Task<GeoAnswer> HandleAsync(GeoCall call, CancellationToken cancel)
    {
        var (query, faults) = RequestQuery.Read(call.Fields, time.GetUtcNow(), zone);
        if (faults.Count > 0) return GeoAnswer.Bad(faults);
        // Both pairs of names mean the time of the update here.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (from, to) = query.Requested ?? (query.UpdatedFromMs ?? now - (long)DateSpan.Longest.TotalMilliseconds, query.UpdatedToMs ?? now);
        var updates = await database.ReadAsync(
            c => query.Ids.Count > 0 ? TicketReading.UpdatesOf(c, [.. query.Ids]) : [.. TicketReading.Updates(c, from, to, query.Skip + query.Limit).Skip(query.Skip)],
            cancel).ConfigureAwait(false);
        return GeoAnswer.List("service_request_updates", "request_update", updates.Select(UpdateView.Of));
    }
}
