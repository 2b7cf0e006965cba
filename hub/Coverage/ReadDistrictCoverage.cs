using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Roughness;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>
/// <c>GET /api/coverage/districts?from=&amp;to=&amp;service=</c>: how much of each district was sensed, beside what was reported there by
/// sensors and by residents: few requests where nobody drove say nothing about the streets.
/// </summary>
public static class ReadDistrictCoverage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/coverage/districts", HandleAsync).RequirePermission("requests.read").WithSummary("Read coverage beside requests by district");

    private static async Task<Results<Ok<View>, ValidationProblem>> HandleAsync(
        Database database, SegmentDistricts places, DistrictMap districts, TimeProvider time, CancellationToken cancel,
        DateTimeOffset? from = null, DateTimeOffset? to = null, string? service = null)
    {
        var (span, errors) = CoverageSpan.Of(from, to, time.GetUtcNow());
        if (errors is not null) return TypedResults.ValidationProblem(errors);
        var (coverage, rough, opened) = await database.ReadAsync(
            c => (CoverageStore.Between(c, span.From, span.To), SegmentRoughness.Of(RoughnessStore.Pieces(c)), OpenedBySource.Count(c, service, span.From, span.To)), cancel).ConfigureAwait(false);
        return TypedResults.Ok(new View(span.From, span.To, service, [.. districts.All.Select(d => Sum(d, places, coverage, rough, opened))]));
    }

    private static Item Sum(District district, SegmentDistricts places, Dictionary<string, SegmentCoverage> coverage, Dictionary<string, SegmentRoughness> rough, IReadOnlyList<OpenedCount> opened)
    {
        double lengthM = 0, roadM = 0, lampM = 0, rankedM = 0, rank = 0, roughM = 0, roughness = 0, error = 0;
        var (segments, sums) = (0, default(StreetSums));
        foreach (var place in places.All.Where(p => p.District?.Id == district.Id))
        {
            segments++;
            lengthM += place.LengthM;
            if (rough.GetValueOrDefault(place.Segment.Id) is { } told)
            {
                rankedM += place.LengthM;
                rank += place.LengthM * told.Rank;
                if (told is { MPerKm: { } mPerKm, ErrorMPerKm: { } off })
                {
                    roughM += place.LengthM;
                    roughness += place.LengthM * mPerKm;
                    error += place.LengthM * off;
                }
            }

            if (coverage.GetValueOrDefault(place.Segment.Id) is not { } sensed) continue;
            sums += sensed.Sums;
            if (sensed.LastRoad is not null) roadM += place.LengthM;
            if (sensed.LastLamp is not null) lampM += place.LengthM;
        }

        return new Item(
            district.Id, district.Name, segments, Math.Round(lengthM), Math.Round(roadM), Math.Round(lampM), sums.Stretches + sums.Shocks, sums.LampPasses,
            Mean(roughness, roughM), Mean(error, roughM), Mean(rank, rankedM), Opened("sensor"), Opened("resident"), Opened("crew"), Opened("person"));

        static double? Mean(double sum, double lengthM) => lengthM > 0 ? Math.Round(sum / lengthM, 2) : null;

        long Opened(string source) => opened.Where(o => o.District == district.Id && o.Source == source).Sum(o => o.Requests);
    }

    public sealed record View(DateTimeOffset From, DateTimeOffset To, string? Service, IReadOnlyList<Item> Items);

    /// <param name="District">Id.</param>
    /// <param name="Name">On screens.</param>
    /// <param name="Segments">Street segments in it.</param>
    /// <param name="LengthM">Their length.</param>
    /// <param name="RoadSensedM">Length of those whose road was felt.</param>
    /// <param name="LampSensedM">Length of those whose lights were looked at.</param>
    /// <param name="RoadPasses">Stretches and shocks felt.</param>
    /// <param name="LampPasses">Passes of street lights.</param>
    /// <param name="RoughnessMPerKm">Mean estimated roughness of the streets whose scale a profiler gave; null when there is none.</param>
    /// <param name="RoughnessErrorMPerKm">Its standard error.</param>
    /// <param name="RoughnessRank">Mean share of the city's calibrated streets that are smoother, 0 to 1; null where none is calibrated.</param>
    /// <param name="Sensor">Requests that sensors opened.</param>
    /// <param name="Resident">Requests that residents reported, also those that repeat another.</param>
    /// <param name="Crew">Requests that crews opened.</param>
    /// <param name="Person">Requests that people of the city opened.</param>
    public sealed record Item(
        string District, string Name, int Segments, double LengthM, double RoadSensedM, double LampSensedM, long RoadPasses, long LampPasses, double? RoughnessMPerKm,
        double? RoughnessErrorMPerKm, double? RoughnessRank,
        long Sensor, long Resident, long Crew, long Person);
}
