using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary><c>GET /api/vehicles/unsent</c>: vehicles that hold crew actions which aren't here yet, the longest waiting first.</summary>
public static class ReadUnsent
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vehicles/unsent", (VehicleRegistry registry, VehicleStatuses statuses) => TypedResults.Ok(new
        {
            items = registry.All.Select(v => (Vehicle: v, Known: statuses.Find(v.Id)))
                .Where(v => v.Known.Status is { UnsentActions: > 0 })
                .Select(v => new
                {
                    v.Vehicle.Id, v.Vehicle.Name, v.Known.Online, lastHeard = v.Known.LastSeen, v.Known.Status!.UnsentActions, v.Known.Status.Unsent,
                    oldest = v.Known.Status.OldestUnsentAction ?? v.Known.Status.OldestUnsent, v.Known.Status.UnsentFileBytes, shift = v.Known.Status.ShiftId,
                })
                .OrderBy(v => v.oldest ?? DateTimeOffset.MaxValue).ThenBy(v => v.Id, StringComparer.Ordinal),
        })).RequirePermission("vehicles.read");
}
