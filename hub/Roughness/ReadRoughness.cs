using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>
/// <c>GET /api/roughness</c>: estimated roughness of every 100 m of street and direction that was driven, with its standard error and
/// where its scale is from. Only with the scale <c>profiler</c> is it an International Roughness Index.
/// </summary>
public static class ReadRoughness
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/roughness", HandleAsync).RequirePermission("map.read").WithSummary("Read the estimated roughness of every 100 m of street and direction");

    private static async Task<Ok<View>> HandleAsync(Database database, PieceMap pieces, CancellationToken cancel)
    {
        var found = await database.ReadAsync(RoughnessStore.Pieces, cancel).ConfigureAwait(false);
        return TypedResults.Ok(new View([.. found.Select(e => Item.Of(e, pieces)).OfType<Item>()]));
    }

    public sealed record View(IReadOnlyList<Item> Items);

    /// <param name="Segment">The city's id.</param>
    /// <param name="Street">Name on signs.</param>
    /// <param name="FromM">Where the piece begins on the segment, metres from its first point.</param>
    /// <param name="ToM">Where it ends.</param>
    /// <param name="Direction"><c>along</c> the segment as drawn, or <c>against</c>.</param>
    /// <param name="EstimateMPerKm">Estimated roughness.</param>
    /// <param name="ErrorMPerKm">Its standard error.</param>
    /// <param name="Scale"><c>none</c> (not calibrated), <c>fleet</c> (the mean vehicle is taken for the reference car) or <c>profiler</c>.</param>
    /// <param name="Passes">Times that it was driven from end to end.</param>
    /// <param name="Vehicles">Different vehicles.</param>
    /// <param name="Newest">Day of the newest pass, UTC.</param>
    public sealed record Item(
        string Segment, string Street, double FromM, double ToM, string Direction, double EstimateMPerKm, double ErrorMPerKm, string Scale, double Passes, int Vehicles,
        string Newest)
    {
        public static Item? Of(PieceEstimate estimate, PieceMap pieces)
        {
            if (pieces.Segment(estimate.Piece) is not { } segment) return null;
            var length = pieces.LengthM(segment);
            return new Item(
                segment.Id, segment.Street, Math.Round(estimate.Piece.Index * length, 1), Math.Round((estimate.Piece.Index + 1) * length, 1), estimate.Piece.Direction,
                Math.Round(estimate.MPerKm, 2), Math.Round(estimate.ErrorMPerKm, 2), Name(estimate.Scale), Math.Round(estimate.Passes, 1), estimate.Vehicles,
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
