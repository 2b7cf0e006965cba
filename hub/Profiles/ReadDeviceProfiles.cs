using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary><c>GET /api/device-profiles</c> and <c>GET /api/vehicles/{id}/device-profile</c>.</summary>
public static class ReadDeviceProfiles
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/device-profiles", async (Database database, VehicleRegistry registry, VehicleStatuses statuses, CancellationToken cancel) =>
            TypedResults.Ok(await database.ReadAsync(c => DeviceProfilesView.Of(c, registry, statuses), cancel).ConfigureAwait(false)))
            .RequirePermission("profiles.read").WithSummary("Read the newest roll-out of device profiles and each vehicle's drift");
        routes.MapGet("/api/vehicles/{id}/device-profile", OneAsync).RequirePermission("profiles.read").WithSummary("Read a vehicle's device profile, with the origin of each value");
    }

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> OneAsync(string id, Database database, VehicleRegistry registry, VehicleStatuses statuses, CancellationToken cancel)
    {
        if (registry.Find(id) is null) return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
        var (meant, newest) = await database.ReadAsync(c => (ReleaseStore.Meant(c).GetValueOrDefault(id), ReleaseStore.Newest(c)), cancel).ConfigureAwait(false);
        var placed = newest?.RollOut.Vehicles.FirstOrDefault(v => v.Vehicle == id);
        return TypedResults.Ok(new Answer(VehicleProfileView.Of(id, meant, placed, statuses.Find(id)), meant?.Settings.Settings ?? [], meant?.Settings.Origins ?? new Dictionary<string, string>()));
    }

    /// <param name="Standing">How the vehicle stands.</param>
    /// <param name="Settings">What it should have.</param>
    /// <param name="Origins">Key and the file that said so.</param>
    public sealed record Answer(VehicleProfileView Standing, JsonObject Settings, IReadOnlyDictionary<string, string> Origins);
}
