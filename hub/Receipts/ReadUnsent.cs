using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>
/// <c>GET /api/vehicles/unsent</c>: vehicles that hold crew actions which aren't here yet, the longest waiting first; then those
/// that are silent with a shift open, which may hold some that nobody here knows of; then those that hold only files.
/// </summary>
public static class ReadUnsent
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vehicles/unsent", async (Database database, VehicleRegistry registry, VehicleStatuses statuses, CancellationToken cancel) =>
        {
            var known = registry.All.Select(v => (Vehicle: v, Known: statuses.Find(v.Id))).Where(v => v.Known.Status is not null).ToList();
            var all = await database.ReadAsync(c => known.ConvertAll(v => UnsentView.Of(v.Vehicle, v.Known, v.Known.Status!, ReceiptStore.StillOut(c, v.Vehicle.Id, v.Known.Status!))), cancel)
                .ConfigureAwait(false);
            all.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
            return TypedResults.Ok(new
            {
                items = all.Where(v => v.UnsentActions > 0).OrderBy(v => v.Oldest ?? DateTimeOffset.MaxValue),
                silent = all.Where(v => v is { UnsentActions: 0, Online: false, Duty: ShiftState.On or ShiftState.Break or ShiftState.CallOut })
                    .OrderBy(v => v.LastHeard ?? DateTimeOffset.MinValue),
                files = all.Where(v => v is { UnsentActions: 0, UnsentFileBytes: > 0 } && (v.Online || v.Duty is ShiftState.Off or ShiftState.Unknown))
                    .OrderByDescending(v => v.UnsentFileBytes),
            });
        }).RequirePermission("vehicles.read").WithSummary("List vehicles that still hold records");
}
