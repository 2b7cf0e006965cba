using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary><c>GET /api/telemetry</c>: what goes to the time series store, whether it arrives, and whether vehicles are named there.</summary>
public static class ReadTelemetry
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/telemetry", Read).RequirePermission("ingest.read").WithSummary("Read how time series are delivered");

    private static Ok<View> Read(TelemetryOptions options, TelemetryWriter writer, TelemetryWaiting waiting)
    {
        var state = writer.State;
        return TypedResults.Ok(new View(
            options.IsOn, options.IsOn ? new Uri(options.Url).GetLeftPart(UriPartial.Authority) : null, options.NamesVehicles, options.NamesVehicles ? options.VehicleDays : null,
            state.Delivered, state.Refused, waiting.Fleet.Dropped + waiting.Vehicles.Dropped, waiting.Fleet.Count + waiting.Vehicles.Count,
            state.LastDelivery, state.FailingSince, state.Cause ?? state.RefusedBecause));
    }

    /// <param name="IsOn">A store is set.</param>
    /// <param name="Store">Its address.</param>
    /// <param name="NamesVehicles">Positions and health go there by vehicle.</param>
    /// <param name="VehicleDays">For how many days the store is to keep those.</param>
    /// <param name="Delivered">Points taken since the hub started.</param>
    /// <param name="Refused">Points that the store will never take.</param>
    /// <param name="Dropped">Measurements that went because too many waited.</param>
    /// <param name="Waiting">Measurements that wait.</param>
    /// <param name="LastDelivery">When the store last took something.</param>
    /// <param name="FailingSince">Since when it takes nothing.</param>
    /// <param name="Cause">Why not.</param>
    public sealed record View(
        bool IsOn, string? Store, bool NamesVehicles, int? VehicleDays, long Delivered, long Refused, long Dropped, int Waiting, DateTimeOffset? LastDelivery,
        DateTimeOffset? FailingSince, string? Cause);
}
