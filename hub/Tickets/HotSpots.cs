using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// <c>GET /api/hot-spots?service=&amp;from=&amp;to=&amp;by=segment|district</c>: where requests gather, the most first. A report that
/// repeats another is counted with that one, not as a defect of its own; what was withdrawn or not accepted is not counted.
/// </summary>
public static class HotSpots
{
    private const int UsualLimit = 100;
    private const int MostLimit = 1_000;
    private static readonly TimeSpan UsualSpan = TimeSpan.FromDays(90);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/hot-spots", HandleAsync).RequirePermission("requests.read").WithSummary("List segments or districts where requests gather");

    private static async Task<Results<Ok<View>, ValidationProblem>> HandleAsync(
        Database database, ServiceCatalogue catalogue, StreetMap streets, DistrictMap districts, TimeProvider time, CancellationToken cancel,
        string? service = null, DateTimeOffset? from = null, DateTimeOffset? to = null, string by = "segment", int limit = UsualLimit)
    {
        var end = to ?? time.GetUtcNow();
        var start = from ?? (end > DateTimeOffset.UnixEpoch + UsualSpan ? end - UsualSpan : DateTimeOffset.UnixEpoch);
        var errors = new Dictionary<string, string[]>();
        if (by is not ("segment" or "district")) errors["by"] = ["segment or district"];
        if (service is not null && catalogue.Find(service) is null) errors["service"] = ["a code of the service catalogue"];
        if (start >= end) errors["from"] = ["a time before 'to'"];
        if (limit is < 1 or > MostLimit) errors["limit"] = [$"1 to {MostLimit}"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var counts = await database.ReadAsync(c => HotSpotReading.Count(c, by == "segment", service, start, end, limit), cancel).ConfigureAwait(false);
        return TypedResults.Ok(new View(by, service, start, end, [.. counts.Select(c => Name(c, by, streets, districts))]));
    }

    private static Item Name(HotSpotCount count, string by, StreetMap streets, DistrictMap districts)
    {
        var item = new Item(count.Id, by == "district" ? districts.Find(count.Id)?.Name : null, count.Requests, count.Open, count.Reports, null, null);
        if (by == "district" || streets.Segment(count.Id) is not { } segment) return item;
        var (length, middle) = (segment.LengthM, segment.At(0.5));
        return item with
        {
            Name = segment.Street, LengthM = Math.Round(length), PerKm = length < 1 ? null : Math.Round(count.Requests / (length / 1_000), 1),
            Place = streets.Between(segment), Numbers = segment.Numbers is var (low, high) ? low == high ? $"{low}" : $"{low}–{high}" : null,
            Lat = Math.Round(middle.Latitude, 6), Lon = Math.Round(middle.Longitude, 6),
        };
    }

    public sealed record View(string By, string? Service, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Item> Items);

    /// <param name="Id">The city's id of the segment or district.</param>
    /// <param name="Name">Street or district; null when the map no longer has it.</param>
    /// <param name="Requests">Defects: reports that repeat one are not counted again.</param>
    /// <param name="Open">How many of them are open.</param>
    /// <param name="Reports">Reports that repeat one of them.</param>
    /// <param name="LengthM">Length of the segment.</param>
    /// <param name="PerKm">Requests for each kilometre of the segment.</param>
    public sealed record Item(string Id, string? Name, long Requests, long Open, long Reports, double? LengthM, double? PerKm)
    {
        /// <summary>Of a segment: the street and between which streets.</summary>
        public string? Place { get; init; }

        /// <summary>Of a segment: its house numbers, such as 91–136.</summary>
        public string? Numbers { get; init; }

        /// <summary>The middle of a segment.</summary>
        public double? Lat { get; init; }

        public double? Lon { get; init; }
    }
}
