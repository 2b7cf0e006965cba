using System.Data.Common;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary><c>GET /api/vehicles/{id}/observations?limit=</c>: what a vehicle sensed last, as it arrived, newest first.</summary>
public static class ReadObservations
{
    private const int MaxLimit = 100;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vehicles/{id}/observations", HandleAsync).RequirePermission("vehicles.read").WithSummary("List what a vehicle observed");

    private static async Task<IResult> HandleAsync(
        string id, Database database, VehicleRegistry registry, CancellationToken cancel, int limit = 8)
    {
        if (registry.Find(id) is null)
            return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
        var bodies = await database.ReadAsync(c => Newest(c, id, Math.Clamp(limit, 1, MaxLimit)), cancel).ConfigureAwait(false);
        return TypedResults.Json(new { items = bodies.Select(View) }, HubJson.Options);
    }

    // A vehicle's newest epoch first: an older one sends at most what it still had.
    private static List<byte[]> Newest(DbConnection connection, string vehicle, int most) =>
        [.. RangeStore.Sources(connection, vehicle).Reverse().SelectMany(s => RecordStore.Observations(connection, s.Id, most)).Take(most)];

    private static object View(byte[] body)
    {
        var record = StoredBody.Read(body);
        return new
        {
            at = record.Stamp.DeviceTime,
            fixTime = record.Stamp.FixTime,
            kind = record.Kind,
            verdict = record.Lamp?.Verdict.ToString().ToLowerInvariant() ?? record.Shock?.Kind.ToString().ToLowerInvariant(),
            peakLux = record.Lamp?.PeakLux,
            curve = record.Lamp?.Curve,
            peakMps2 = record.Shock?.PeakMps2,
            trace = record.Shock?.Trace,
            traceStepMs = record.Shock?.TraceStepMs,
            iriMPerKm = record.Roughness?.IriMPerKm,
        };
    }
}
