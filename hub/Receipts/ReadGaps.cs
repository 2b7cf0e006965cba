using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary><c>GET /api/vehicles/{id}/gaps</c>: what never arrived, apart from what the vehicle dropped on purpose, and broken chains.</summary>
public static class ReadGaps
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vehicles/{id}/gaps", async Task<IResult> (
            string id, Database database, IngestStore ingest, VehicleRegistry registry, VehicleStatuses statuses, CancellationToken cancel) =>
        {
            if (registry.Find(id) is null) return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
            var known = statuses.Find(id);
            var epochs = await database.ReadAsync(c =>
            {
                var arrived = ingest.Epochs(c, id);
                var tombstones = ReceiptStore.Tombstones(c, id).ToLookup(t => t.Epoch, t => t.Dropped);
                // What the vehicle says now counts with what it signed.
                var heads = ReceiptStore.Heads(c, id).Concat(known.Status?.Chains?.Where(h => h.Count > 0) ?? []).ToLookup(h => h.Epoch);
                var all = arrived.Select(a => a.Epoch).Concat(heads.Select(h => h.Key)).Distinct().ToList();
                var ranges = arrived.ToDictionary(a => a.Epoch, a => a.Ranges);
                return all.ConvertAll(epoch => EpochGaps.Of(
                    epoch, ranges.GetValueOrDefault(epoch, []), [.. tombstones[epoch]], ChainState.Of(ReceiptStore.Links(c, id, epoch), [.. heads[epoch]])));
            }, cancel).ConfigureAwait(false);
            return TypedResults.Ok(new
            {
                vehicle = id,
                known.Online,
                unsent = known.Status?.Unsent,
                lastHeard = known.LastSeen,
                missing = epochs.Sum(e => Sum(e.Missing)),
                dropped = epochs.Sum(e => e.Dropped.Sum(d => Sum(d.Ranges))),
                missingLinks = epochs.Sum(e => Sum(e.Chain.Missing)),
                brokenLinks = epochs.Sum(e => e.Chain.Broken.Count),
                epochs,
            });
        }).RequirePermission("vehicles.read").WithSummary("List what a vehicle sent with gaps");

    private static long Sum(IEnumerable<long[]> ranges) => ranges.Sum(r => r[1] - r[0] + 1);
}
