using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// <c>GET /api/vehicles/{id}/trips</c> and <c>/stops?day=&amp;reason=</c>: what a vehicle did on a day of the city's calendar.
/// That is what its crew did: whoever looks says why, and it is written down before the answer goes out.
/// </summary>
public static class ReadDayHistory
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/vehicles/{id}/trips", TripsAsync).RequirePermission("vehicles.history").WithSummary("List a vehicle's trips of a day; the reason is audited");
        routes.MapGet("/api/vehicles/{id}/stops", StopsAsync).RequirePermission("vehicles.history").WithSummary("List a vehicle's stops of a day; the reason is audited");
    }

    private static async Task<Results<Ok<TripsView>, ProblemHttpResult, ValidationProblem>> TripsAsync(
        string id, HttpContext context, DayReading source, CancellationToken cancel, string? day = null, string? reason = null)
    {
        var (read, unknown, errors) = await source.ReadAsync(id, day, reason, "trips", context.Actor(), cancel).ConfigureAwait(false);
        if (errors is not null) return errors;
        if (unknown is not null) return unknown;
        return TypedResults.Ok(new TripsView(read!.Day, read.From, read.To, read.Truncated,
            [.. read.History.Trips.Select(t => new TripView(t.From, t.To, t.Start.Latitude, t.Start.Longitude, t.End.Latitude, t.End.Longitude, t.DistanceM, t.TopSpeedMps))]));
    }

    private static async Task<Results<Ok<StopsView>, ProblemHttpResult, ValidationProblem>> StopsAsync(
        string id, HttpContext context, DayReading source, CancellationToken cancel, string? day = null, string? reason = null)
    {
        var (read, unknown, errors) = await source.ReadAsync(id, day, reason, "stops", context.Actor(), cancel).ConfigureAwait(false);
        if (errors is not null) return errors;
        if (unknown is not null) return unknown;
        return TypedResults.Ok(new StopsView(read!.Day, read.From, read.To, read.Truncated,
            [.. read.History.Stops.Select(s => new StopView(s.From, s.To, s.At.Latitude, s.At.Longitude, s.Unseen?.TotalSeconds))]));
    }

    public sealed record TripsView(string Day, DateTimeOffset From, DateTimeOffset To, bool Truncated, IReadOnlyList<TripView> Trips);

    public sealed record TripView(
        DateTimeOffset From, DateTimeOffset To, double StartLat, double StartLon, double EndLat, double EndLon, double DistanceM, double TopSpeedMps);

    public sealed record StopsView(string Day, DateTimeOffset From, DateTimeOffset To, bool Truncated, IReadOnlyList<StopView> Stops);

    public sealed record StopView(DateTimeOffset From, DateTimeOffset To, double Lat, double Lon, double? UnseenSeconds);
}
