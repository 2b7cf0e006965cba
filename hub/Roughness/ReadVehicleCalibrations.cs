using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>
/// <c>GET /api/roughness/vehicles</c>: how each vehicle responds to roads against the others, by month. Says nothing of where it drove;
/// a factor that moves is a sensor that came loose, other tyres or another load.
/// </summary>
public static class ReadVehicleCalibrations
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/roughness/vehicles", HandleAsync).RequirePermission("vehicles.read").WithSummary("Read how vehicles are calibrated for roughness");

    private static async Task<Ok<View>> HandleAsync(Database database, RoughnessOptions options, CancellationToken cancel)
    {
        var found = await database.ReadAsync(RoughnessStore.Vehicles, cancel).ConfigureAwait(false);
        return TypedResults.Ok(new View(options.LeastShared, [.. found.Select(Item.Of)]));
    }

    /// <param name="LeastShared">Pieces that must be shared before a vehicle counts as calibrated.</param>
    /// <param name="Items">By vehicle and month.</param>
    public sealed record View(int LeastShared, IReadOnlyList<Item> Items);

    /// <param name="Vehicle">Id.</param>
    /// <param name="Month">As <c>2026-11</c>.</param>
    /// <param name="Factor">What it feels over what the reference car feels, at 10 m/s.</param>
    /// <param name="FactorError">Standard error of the factor, among the vehicles that share streets.</param>
    /// <param name="Slope">What is left of the exponent of speed.</param>
    /// <param name="Pieces">Pieces of 100 m that it drove.</param>
    /// <param name="Shared">Of these, shared with others or measured by a profiler.</param>
    /// <param name="Scale"><c>none</c>: not calibrated, too few are shared; <c>fleet</c> or <c>profiler</c>.</param>
    public sealed record Item(string Vehicle, string Month, double Factor, double FactorError, double Slope, int Pieces, int Shared, string Scale)
    {
        public static Item Of(VehicleCalibration v)
        {
            var factor = Math.Exp(v.Offset);
            return new Item(
                v.Vehicle, $"{(v.Month - 1) / 12:0000}-{(v.Month - 1) % 12 + 1:00}", Math.Round(factor, 3), Math.Round(factor * v.Error, 3), Math.Round(v.Slope, 3),
                v.Pieces, v.Shared, ReadRoughness.Name(v.Scale));
        }
    }
}
