using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary><c>POST /api/device-profiles/roll-back</c>: every vehicle of the newest roll-out gets what it had before, all at once.</summary>
public static class RollBackProfiles
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/device-profiles/roll-back", HandleAsync).RequirePermission("profiles.roll-out")
        .WithSummary("Take the newest roll-out of device profiles back");

    private static async Task<Results<Created<DeviceProfilesView>, ProblemHttpResult>> HandleAsync(
        Database database, VehicleRegistry registry, VehicleStatuses statuses, DownlinkEra era, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var fault = await database.WriteAsync(scope =>
        {
            if (ReleaseStore.Newest(scope.Connection, scope.Transaction) is not { RollOut: var newest }) return "nothing was ever rolled out: begin with field-hub profile roll-out FOLDER";
            // Whose stage never opened has nothing to take back.
            var before = ReleaseStore.Meant(scope.Connection, scope.Transaction, newest.Version);
            var back = newest.Open.ToDictionary(v => v.Vehicle, v => before.GetValueOrDefault(v.Vehicle)?.Settings ?? new VehicleSettings([], new Dictionary<string, string>()), StringComparer.Ordinal);
            var version = Math.Max(scope.Now.ToUnixTimeMilliseconds(), newest.Version + 1);
            ReleaseStore.Save(scope, newest, newest with { State = RollOutState.Replaced });
            ReleaseStore.Add(scope, new Release(RollOut.Begin(version, back.Keys, [100], [], scope.Now), ReleaseKind.RollBack, era.Name, actor.Name, scope.Now), back);
            Audit.Write(scope, actor, "profiles.roll-back", $"{version}", $"{back.Count} vehicles, from {newest.Version}");
            scope.Raise(new DeviceProfilesChanged(version));
            return null;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (fault is not null) return TypedResults.Problem(fault, statusCode: StatusCodes.Status409Conflict);
        return TypedResults.Created("/api/device-profiles", await database.ReadAsync(c => DeviceProfilesView.Of(c, registry, statuses), cancel).ConfigureAwait(false));
    }
}
