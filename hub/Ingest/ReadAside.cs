using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary><c>GET /api/aside?reason=&amp;cursor=&amp;limit=</c>: what was not applied and why, newest first.</summary>
public static class ReadAside
{
    private const int MaxLimit = 500;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/aside", HandleAsync).RequirePermission("ingest.read")
        .WithSummary("List records that were kept aside, with reasons");

    private static async Task<IResult> HandleAsync(
        Database database, AsideStore store, IngestStore counts, CancellationToken cancel, string? reason = null, long? cursor = null, int limit = 100)
    {
        limit = Math.Clamp(limit, 1, MaxLimit);
        var (rows, all) = await database.ReadAsync(
            c => (store.Newest(c, reason, cursor ?? long.MaxValue, limit), counts.Counts(c)), cancel).ConfigureAwait(false);
        var (byReason, dropped) = AsideStore.Counters(all);
        return TypedResults.Json(new
        {
            counts = byReason,
            dropped,
            items = rows.Select(r => new
            {
                r.Id,
                ReceivedTime = DateTimeOffset.FromUnixTimeMilliseconds(r.ReceivedMs),
                r.Topic,
                r.Vehicle,
                r.Reason,
                r.Detail,
                BytesBase64 = r.Bytes is { } bytes ? Convert.ToBase64String(bytes) : null,
            }),
            next = rows.Count == limit ? rows[^1].Id : (long?)null,
        }, HubJson.Options);
    }
}
