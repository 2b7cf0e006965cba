using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary><c>POST /api/device-profiles/roll-outs</c>: begins to bring vehicles what a folder of profiles says to them.</summary>
public static class BeginRollOut
{
    private const int MostBytes = 16 * 1024 * 1024;
    private const int MostVehicles = 5_000;
    private const int MostMistakes = 200;
    private const int LongestOrigin = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/device-profiles/roll-outs", HandleAsync).RequirePermission("profiles.roll-out")
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes)).WithSummary("Begin a staged roll-out of device profiles");

    private static async Task<Results<Created<DeviceProfilesView>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        Request request, Database database, VehicleRegistry registry, VehicleStatuses statuses, DownlinkEra era, SigningKey key, HttpContext context, CancellationToken cancel)
    {
        var stages = request.Stages ?? [5, 25, 100];
        if (Check(request, stages, registry) is { Count: > 0 } errors) return TypedResults.ValidationProblem(errors);
        var wanted = request.Vehicles!.ToDictionary(v => v.Key, v => new VehicleSettings(v.Value.Settings!, v.Value.Origins ?? new Dictionary<string, string>()), StringComparer.Ordinal);
        foreach (var (id, settings) in wanted)
        {
            try
            {
                _ = BringDeviceProfiles.Sign(key, registry.Find(id)!, long.MaxValue, era.Name, settings);
            }
            catch (ArgumentException)
            {
                return TypedResults.ValidationProblem(new Dictionary<string, string[]> { [$"vehicles.{id}"] = ["smaller: it does not fit one message"] });
            }
        }

        var actor = context.Actor();
        var release = await database.WriteAsync(scope =>
        {
            var meant = ReleaseStore.Meant(scope.Connection, scope.Transaction);
            var changed = wanted.Where(w => meant.GetValueOrDefault(w.Key)?.Settings.Digest != w.Value.Digest).ToDictionary(StringComparer.Ordinal);
            if (changed.Count == 0) return null;
            var newest = ReleaseStore.Newest(scope.Connection, scope.Transaction)?.RollOut.Version ?? 0;
            var version = Math.Max(scope.Now.ToUnixTimeMilliseconds(), newest + 1);
            var made = new Release(RollOut.Begin(version, changed.Keys, stages, request.Canaries ?? [], scope.Now), ReleaseKind.RollOut, era.Name, actor.Name, scope.Now);
            ReleaseStore.Add(scope, made, changed);
            Audit.Write(scope, actor, "profiles.roll-out", $"{version}", $"{changed.Count} vehicles in stages of {string.Join(", ", stages)} %");
            scope.Raise(new DeviceProfilesChanged(version));
            return made;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (release is null) return TypedResults.Problem("no vehicle would change: these profiles are rolled out already", statusCode: StatusCodes.Status409Conflict);
        var view = await database.ReadAsync(c => DeviceProfilesView.Of(c, registry, statuses), cancel).ConfigureAwait(false);
        return TypedResults.Created("/api/device-profiles", view);
    }

    private static Dictionary<string, string[]> Check(Request request, int[] stages, VehicleRegistry registry)
    {
        var errors = new Dictionary<string, string[]>();
        if (stages.Length is 0 or > 10 || stages[^1] != 100 || stages.Any(s => s is < 1 or > 100) || stages.Zip(stages.Skip(1)).Any(p => p.First >= p.Second))
            errors["stages"] = ["1 to 10 percentages that rise to 100, such as 5, 25, 100"];
        if (request.Vehicles is not { Count: > 0 and <= MostVehicles })
        {
            errors["vehicles"] = [$"1 to {MostVehicles} vehicles"];
            return errors;
        }

        foreach (var canary in request.Canaries ?? [])
        {
            if (!request.Vehicles.ContainsKey(canary)) errors["canaries"] = [$"vehicles of this roll-out; {canary} is none"];
        }

        foreach (var (id, vehicle) in request.Vehicles)
        {
            if (errors.Count >= MostMistakes) break;
            if (registry.Find(id) is null) errors[$"vehicles.{id}"] = ["a registered vehicle: GET /api/vehicles lists them"];
            else if (vehicle?.Settings is null) errors[$"vehicles.{id}"] = ["settings"];
            else if (vehicle.Origins is { } origins && origins.Any(o => o.Key.Length > LongestOrigin || o.Value is not { Length: <= LongestOrigin })) errors[$"vehicles.{id}.origins"] = ["keys and names of files"];
            else if (ProfileSchema.Own.Check(JsonSerializer.SerializeToElement(vehicle.Settings), id).Select(m => m.ToString()).Take(MostMistakes).ToArray() is { Length: > 0 } wrong) errors[$"vehicles.{id}.settings"] = wrong;
            else if (vehicle.Settings.Any(s => s.Key[0] == '$' || s.Key == "Type" || s.Value is null)) errors[$"vehicles.{id}.settings"] = ["settings that are put together: no type, comment or null"];
        }

        return errors;
    }

    /// <param name="Vehicles">What each vehicle is told, put together.</param>
    /// <param name="Stages">Percent of the vehicles that change; null: 5, 25, 100.</param>
    /// <param name="Canaries">Vehicles that come first.</param>
    public sealed record Request(Dictionary<string, VehicleRequest>? Vehicles = null, int[]? Stages = null, string[]? Canaries = null);

    /// <param name="Settings">Settings by section and key.</param>
    /// <param name="Origins">Key and the file that said so.</param>
    public sealed record VehicleRequest(JsonObject? Settings = null, Dictionary<string, string>? Origins = null);
}
