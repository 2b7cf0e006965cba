using System.Data.Common;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// <c>GET /api/vehicles/{id}/observations?limit=&amp;reason=</c>: what a vehicle sensed last, as it arrived, newest first. Without a
/// reason it tells a few, and the day of each: enough to see that the sensors work. When a vehicle sensed is when its crew drove:
/// whoever asks for that may read histories, says why, and it is written down first.
/// </summary>
public static class ReadObservations
{
    private const string Needed = "vehicles.history";
    private const int MostTimed = 100;
    private const int MostUntimed = 8;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/vehicles/{id}/observations", HandleAsync).RequirePermission("vehicles.read")
        .WithSummary("List what a vehicle observed; with an audited reason also when");

    private static async Task<IResult> HandleAsync(
        string id, HttpContext context, Database database, VehicleRegistry registry, HubOptions hub, CancellationToken cancel, int limit = MostUntimed, string? reason = null)
    {
        if (registry.Find(id) is null)
            return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
        var timed = reason is not null;
        if (timed && (string.IsNullOrWhiteSpace(reason) || reason!.Length > DayReading.LongestReason))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = [$"why you need the times, in 1 to {DayReading.LongestReason} characters; leave it out for what was sensed without times"] });
        if (timed)
        {
            if (!context.May(Needed))
                return TypedResults.Problem($"your role may not read when a vehicle sensed ({Needed}): leave the reason out for what it sensed without times", statusCode: StatusCodes.Status403Forbidden);
            await database.WriteAsync(
                scope => Audit.Write(scope, context.Actor(), "vehicle.history", id, $"observations: {reason}"), WritePriority.Interactive, cancel).ConfigureAwait(false);
        }

        var bodies = await database.ReadAsync(c => Newest(c, id, Math.Clamp(limit, 1, timed ? MostTimed : MostUntimed)), cancel).ConfigureAwait(false);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);
        return TypedResults.Json(new { timed, items = bodies.Select(b => View(b, timed, zone)) }, HubJson.Options);
    }

    // A vehicle's newest epoch first: an older one sends at most what it still had.
    private static List<byte[]> Newest(DbConnection connection, string vehicle, int most) =>
        [.. RangeStore.Sources(connection, vehicle).Reverse().SelectMany(s => RecordStore.Observations(connection, s.Id, most)).Take(most)];

    private static object View(byte[] body, bool timed, TimeZoneInfo zone)
    {
        var record = StoredBody.Read(body);
        return new
        {
            day = TimeZoneInfo.ConvertTime(record.Stamp.Effective, zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            at = timed ? record.Stamp.DeviceTime : (DateTimeOffset?)null,
            fixTime = timed ? record.Stamp.FixTime : null,
            kind = record.Kind,
            verdict = record.Lamp?.Verdict.ToString().ToLowerInvariant() ?? record.Shock?.Kind.ToString().ToLowerInvariant(),
            peakLux = record.Lamp?.PeakLux,
            curve = record.Lamp?.Curve,
            peakMps2 = record.Shock?.PeakMps2,
            trace = record.Shock?.Trace,
            traceStepMs = record.Shock?.TraceStepMs,
            roughnessMPerKm = record.Roughness?.EstimateMPerKm,
        };
    }
}
