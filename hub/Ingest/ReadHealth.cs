using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// <c>GET /api/vehicles/{id}/health</c>: how a vehicle's computer and its sensors are, from its newest health record, and what its
/// newest live position says of them. It carries no place and nothing of the past, so nobody has to say why.
/// </summary>
public static class ReadHealth
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vehicles/{id}/health", HandleAsync).RequirePermission("vehicles.read").WithSummary("Read how a vehicle's sensors and link are");

    private static async Task<Results<Ok<View>, ProblemHttpResult>> HandleAsync(
        string id, Database database, VehicleRegistry registry, LivePositions positions, CancellationToken cancel)
    {
        if (registry.Find(id) is null)
            return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
        // A vehicle's newest epoch first.
        var found = await database.ReadAsync(
            c => RangeStore.Sources(c, id).Reverse().Select(s => RecordStore.Health(c, s.Id)).FirstOrDefault(h => h is not null), cancel).ConfigureAwait(false);
        return TypedResults.Ok(new View(found is var (body, ms) ? Of(StoredBody.Read(body), DateTimeOffset.FromUnixTimeMilliseconds(ms)) : null, Of(positions.Newest(id))));
    }

    private static RecordView Of(WireRecord record, DateTimeOffset received)
    {
        var health = record.Health!;
        return new RecordView(
            record.Stamp.DeviceTime, received, Seconds(received - record.Stamp.DeviceTime), health.Ignition, health.CpuTemperatureC, health.DiskFreeBytes,
            health.Unsent, health.UnsentActions, health.Sources ?? [], health.Road, health.RoadAssessed, health.RoadNotAssessed, health.ReceiverLag);
    }

    private static LiveView? Of(LivePositionReceived? newest) => newest is null ? null : new LiveView(
        newest.ReceivedTime, Seconds(newest.ReceivedTime - newest.Position.Stamp.DeviceTime), newest.Position.Hdop, newest.Position.Lux, newest.Position.ShockMps2,
        newest.Position.Stamp.Clock, newest.Position.Stamp.UncertaintyMs);

    // The vehicle's clock may run ahead of the hub's.
    private static double Seconds(TimeSpan lag) => Math.Max(0, Math.Round(lag.TotalSeconds, 2));

    public sealed record View(RecordView? Record, LiveView? Live);

    /// <param name="At">The vehicle's wall clock when it looked.</param>
    /// <param name="ReceivedAt">When the record reached the hub.</param>
    /// <param name="LagSeconds">How long it took to get here: what waits on the vehicle waits about as long.</param>
    /// <param name="Ignition">Null when it has no wire to it.</param>
    /// <param name="CpuTemperatureC">Degrees Celsius.</param>
    /// <param name="DiskFreeBytes">Of the disk with the outbox.</param>
    /// <param name="Unsent">Records that the vehicle held.</param>
    /// <param name="UnsentActions">Crew actions among them.</param>
    /// <param name="Sources">By name (position, motion, light …): ok, or what is wrong.</param>
    /// <param name="Road">Whether the road is assessed, and if not why; null from an agent that does not say.</param>
    /// <param name="RoadAssessed">Seconds in which it was, since the agent's start.</param>
    /// <param name="RoadNotAssessed">Seconds in which it was not, by reason.</param>
    /// <param name="ReceiverLag">How late its position receiver is, how sure that is and from what; null while not known.</param>
    public sealed record RecordView(
        DateTimeOffset At, DateTimeOffset ReceivedAt, double LagSeconds, bool? Ignition, double? CpuTemperatureC, long? DiskFreeBytes,
        int Unsent, int UnsentActions, IReadOnlyDictionary<string, string> Sources, string? Road, long? RoadAssessed, IReadOnlyDictionary<string, long>? RoadNotAssessed, ReceiverLag? ReceiverLag);

    /// <param name="ReceivedAt">When the newest live position came.</param>
    /// <param name="LagSeconds">From the reading to the hub.</param>
    /// <param name="Hdop">Horizontal dilution of precision of the fix: under 2 is good.</param>
    /// <param name="Lux">Illuminance.</param>
    /// <param name="ShockMps2">Vertical shock, m/s².</param>
    /// <param name="Clock">What set the vehicle's clock.</param>
    /// <param name="UncertaintyMs">Bound on its error.</param>
    public sealed record LiveView(
        DateTimeOffset ReceivedAt, double LagSeconds, double? Hdop, double? Lux, double? ShockMps2, ClockSource Clock, int? UncertaintyMs);
}
