using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// <c>GET /api/vehicles/{id}/track?from=&amp;to=&amp;reason=</c>: where a vehicle drove on shift, by default in the last hour, as
/// parallel columns ordered by GPS time. That is where its crew was: whoever looks says why, and it is written down first.
/// </summary>
public static class ReadTrack
{
    // A day of minutes: the longest window that is answered in one go.
    private const int MaxTracks = 1_440;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/vehicles/{id}/track", HandleAsync).RequirePermission("vehicles.history")
        .WithSummary("Read where a vehicle drove on shift; the reason is audited");

    private static async Task<IResult> HandleAsync(
        string id, HttpContext context, Database database, TrackStore tracks, VehicleRegistry registry, TimeProvider time, CancellationToken cancel,
        DateTimeOffset? from = null, DateTimeOffset? to = null, string? reason = null)
    {
        if (registry.Find(id) is null) return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
        var end = to ?? time.GetUtcNow();
        var start = from ?? (end > DateTimeOffset.UnixEpoch.AddHours(1) ? end.AddHours(-1) : end);
        var errors = new Dictionary<string, string[]>();
        if (start >= end || end - start > LongestWindow || start < DateTimeOffset.UnixEpoch)
            errors["from"] = [$"a time before 'to', at most {LongestWindow.Days} days, since 1970"];
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > DayReading.LongestReason) errors["reason"] = [$"why you need it, in 1 to {DayReading.LongestReason} characters"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        await database.WriteAsync(
            scope => Audit.Write(scope, context.Actor(), "vehicle.history", id, $"track from {start:u} to {end:u}: {reason}"), WritePriority.Interactive, cancel).ConfigureAwait(false);
        var bodies = await database.ReadAsync(
            c => tracks.Bodies([.. RangeStore.Sources(c, id).Select(s => s.Id)], start, end, MaxTracks), cancel).ConfigureAwait(false);
        var fixes = bodies
            .SelectMany(b => StoredBody.Read(b).Track!.ToFixes())
            .Where(f => f.Time >= start && f.Time <= end)
            .OrderBy(f => f.Time)
            .ToList();
        return TypedResults.Json(new
        {
            from = start,
            to = end,
            truncated = bodies.Count == MaxTracks,
            t = fixes.Select(f => f.Time.ToUnixTimeMilliseconds()),
            lat = fixes.Select(f => Math.Round(f.At.Latitude, 6)),
            lon = fixes.Select(f => Math.Round(f.At.Longitude, 6)),
            speed = fixes.Select(f => f.SpeedMps),
            course = fixes.Select(f => f.CourseDeg),
        }, HubJson.Options);
    }
}
