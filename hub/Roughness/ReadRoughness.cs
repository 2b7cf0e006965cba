using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>
/// <c>GET /api/roughness</c>: estimated roughness of every 100 m of street and direction that was driven. In m/km, with its standard error, only where
/// pieces that a profiler measured give the scale; else as a rank. What keeps it from more is told beside it, with what to do.
/// </summary>
public static class ReadRoughness
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/roughness", HandleAsync).RequirePermission("map.read").WithSummary("Read the estimated roughness of every 100 m of street and direction");

    private static async Task<Ok<View>> HandleAsync(Database database, PieceMap pieces, RoughnessOptions options, ProfiledRoads profiled, CancellationToken cancel)
    {
        var (found, vehicles) = await database.ReadAsync(c => (RoughnessStore.Pieces(c), RoughnessStore.Vehicles(c)), cancel).ConfigureAwait(false);
        var calibrated = found.Where(e => e.Scale != RoughnessScale.None).ToList();
        var ranks = calibrated.Zip(SegmentRoughness.Ranks([.. calibrated.Select(e => e.MPerKm)])).ToDictionary(p => p.First.Piece, p => p.Second);
        return TypedResults.Ok(new View(
            RoughnessNotes.Of(found, vehicles, options, profiled), [.. found.Select(e => Item.Of(e, ranks.TryGetValue(e.Piece, out var rank) ? rank : null, pieces)).OfType<Item>()]));
    }

    /// <param name="Notes">What keeps estimates from being better, and what to do about it.</param>
    /// <param name="Items">By piece.</param>
    public sealed record View(IReadOnlyList<RoughnessNote> Notes, IReadOnlyList<Item> Items);

    /// <param name="Segment">The city's id.</param>
    /// <param name="Street">Name on signs.</param>
    /// <param name="FromM">Where the piece begins on the segment, metres from its first point.</param>
    /// <param name="ToM">Where it ends.</param>
    /// <param name="Direction"><c>along</c> the segment as drawn, or <c>against</c>.</param>
    /// <param name="EstimateMPerKm">Estimated roughness; null unless a profiler gave the scale.</param>
    /// <param name="ErrorMPerKm">Its standard error: of passes, vehicles, model and scale.</param>
    /// <param name="Rank">Share of the calibrated pieces that are smoother, 0 to 1; null when the vehicles that drove it are not calibrated.</param>
    /// <param name="Scale"><c>none</c> (not calibrated), <c>fleet</c> (nothing but what is usual of vehicles gives the scale) or <c>profiler</c>.</param>
    /// <param name="Passes">Times that it was driven from end to end.</param>
    /// <param name="Vehicles">Different vehicles.</param>
    /// <param name="Newest">Day of the newest pass, UTC.</param>
    public sealed record Item(
        string Segment, string Street, double FromM, double ToM, string Direction, double? EstimateMPerKm, double? ErrorMPerKm, double? Rank, string Scale, double Passes,
        int Vehicles, string Newest)
    {
        public static Item? Of(PieceEstimate estimate, double? rank, PieceMap pieces)
        {
            if (pieces.Segment(estimate.Piece) is not { } segment) return null;
            var (length, measured) = (pieces.LengthM(segment), estimate.Scale == RoughnessScale.Profiler);
            return new Item(
                segment.Id, segment.Street, Math.Round(estimate.Piece.Index * length, 1), Math.Round((estimate.Piece.Index + 1) * length, 1), estimate.Piece.Direction,
                measured ? Math.Round(estimate.MPerKm, 2) : null, measured ? Math.Round(estimate.ErrorMPerKm, 2) : null, rank is { } share ? Math.Round(share, 3) : null,
                Name(estimate.Scale), Math.Round(estimate.Passes, 1), estimate.Vehicles,
                DateTimeOffset.UnixEpoch.AddDays(estimate.NewestDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    internal static string Name(RoughnessScale scale) => scale switch
    {
        RoughnessScale.Profiler => "profiler",
        RoughnessScale.Fleet => "fleet",
        _ => "none",
    };
}
