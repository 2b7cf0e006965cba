using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Roughness;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>
/// <c>GET /api/coverage/segments?from=&amp;to=</c>: every street segment and what was sensed on it, so that a street nobody drove
/// is not read as a good one.
/// </summary>
public static class ReadSegments
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/coverage/segments", HandleAsync).RequirePermission("map.read").WithSummary("Read what was sensed on every street segment");

    private static async Task<Results<Ok<View>, ValidationProblem>> HandleAsync(
        Database database, SegmentDistricts places, TimeProvider time, CancellationToken cancel, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var (span, errors) = CoverageSpan.Of(from, to, time.GetUtcNow());
        if (errors is not null) return TypedResults.ValidationProblem(errors);
        var (found, rough) = await database.ReadAsync(
            c => (CoverageStore.Between(c, span.From, span.To), SegmentRoughness.Of(RoughnessStore.Pieces(c))), cancel).ConfigureAwait(false);
        return TypedResults.Ok(new View(span.From, span.To,
            [.. places.All.Select(p => Item.Of(p.Segment, p.District?.Id, found.GetValueOrDefault(p.Segment.Id), rough.GetValueOrDefault(p.Segment.Id)))]));
    }

    public sealed record View(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Item> Items);

    /// <param name="Segment">The city's id.</param>
    /// <param name="Street">Name on signs.</param>
    /// <param name="District">Id of the district.</param>
    /// <param name="Line">Its centre-line: latitude, longitude, latitude, … in millionths of a degree.</param>
    /// <param name="RoadPasses">Stretches and shocks felt.</param>
    /// <param name="LampPasses">Passes of its street lights at night.</param>
    /// <param name="RoughnessMPerKm">Estimated roughness, of the last calibration; null unless a profiler gave its scale.</param>
    /// <param name="RoughnessErrorMPerKm">Its standard error.</param>
    /// <param name="RoughnessRank">Share of the calibrated streets that are smoother, 0 to 1; null where vehicles are not calibrated.</param>
    /// <param name="Potholes">Shocks that were like a pothole.</param>
    /// <param name="LampsDark">Passes that found a light dark.</param>
    /// <param name="LastRoad">The last hour in which the road was felt; null for never.</param>
    /// <param name="LastLamp">The last hour in which the lights were looked at.</param>
    public sealed record Item(
        string Segment, string Street, string? District, int[] Line, long RoadPasses, long LampPasses, double? RoughnessMPerKm, double? RoughnessErrorMPerKm,
        double? RoughnessRank, long Potholes, long LampsDark,
        DateTimeOffset? LastRoad, DateTimeOffset? LastLamp)
    {
        public static Item Of(StreetSegment segment, string? district, SegmentCoverage? coverage, SegmentRoughness? rough)
        {
            var sums = coverage?.Sums ?? default;
            return new Item(
                segment.Id, segment.Street, district, [.. segment.Points.SelectMany(p => new[] { (int)Math.Round(p.Latitude * 1e6), (int)Math.Round(p.Longitude * 1e6) })],
                sums.Stretches + sums.Shocks, sums.LampPasses, Rounded(rough?.MPerKm), Rounded(rough?.ErrorMPerKm), Rounded(rough?.Rank), sums.Potholes, sums.LampsDark,
                coverage?.LastRoad, coverage?.LastLamp);
        }

        private static double? Rounded(double? mPerKm) => mPerKm is { } value ? Math.Round(value, 2) : null;
    }
}
