using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary><c>GET /api/vehicles</c> and <c>GET /api/vehicles/{id}</c>.</summary>
public static class ReadVehicles
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/vehicles", (VehicleRegistry registry, VehicleStatuses statuses) => TypedResults.Ok(new
        {
            items = registry.All.OrderBy(v => v.Id, StringComparer.Ordinal).Select(v => VehicleView.Of(v, statuses.Find(v.Id))),
        })).RequirePermission("vehicles.read").WithSummary("List vehicles");
        routes.MapGet("/api/vehicles/{id}", Results<Ok<VehicleView>, ProblemHttpResult> (string id, VehicleRegistry registry, VehicleStatuses statuses) =>
            registry.Find(id) is { } vehicle
                ? TypedResults.Ok(VehicleView.Of(vehicle, statuses.Find(id)))
                : TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound)).RequirePermission("vehicles.read")
                    .WithSummary("Read a vehicle");
    }
}
