using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>SQL of estimated roughness. Logarithms and m/km are kept in millionths, so that both stores hold the same.</summary>
public static class RoughnessStore
{
    private const double Millionths = 1e6;

    public static void Add(WriteScope scope, int month, Piece piece, string vehicle, PieceSums sums) =>
        scope.Execute(
            """
            INSERT INTO roughness_sums (month, segment, piece, along, vehicle, length_dm, square_sum, hum_sum, speed_sum, newest_day)
            VALUES (@month, @Segment, @Index, @along, @vehicle, @LengthDm, @SquareSum, @HumSum, @SpeedSum, @NewestDay)
            ON CONFLICT (month, segment, piece, along, vehicle) DO UPDATE SET
              length_dm=roughness_sums.length_dm+excluded.length_dm, square_sum=roughness_sums.square_sum+excluded.square_sum,
              hum_sum=roughness_sums.hum_sum+excluded.hum_sum,
              speed_sum=roughness_sums.speed_sum+excluded.speed_sum,
              newest_day=CASE WHEN excluded.newest_day > roughness_sums.newest_day THEN excluded.newest_day ELSE roughness_sums.newest_day END
            """,
            new { month, piece.Segment, piece.Index, along = piece.Along ? 1 : 0, vehicle, sums.LengthDm, sums.SquareSum, sums.HumSum, sums.SpeedSum, sums.NewestDay });

    /// <summary>Everything from a month on.</summary>
    public static List<(Piece Piece, string Vehicle, int Month, PieceSums Sums)> Sums(DbConnection connection, int fromMonth) =>
        [.. connection.Query<SumsRow>(
                """
                SELECT month AS Month, segment AS Segment, piece AS Piece, along AS Along, vehicle AS Vehicle, length_dm AS LengthDm, square_sum AS SquareSum, hum_sum AS HumSum,
                  speed_sum AS SpeedSum, newest_day AS NewestDay
                FROM roughness_sums WHERE month >= @fromMonth
                """,
                new { fromMonth })
            .Select(r => (r.Place, r.Vehicle, (int)r.Month,
                new PieceSums { LengthDm = r.LengthDm, SquareSum = r.SquareSum, HumSum = r.HumSum, SpeedSum = r.SpeedSum, NewestDay = (int)r.NewestDay }))];

    /// <summary>Removes a slice of what is older than a month.</summary>
    /// <returns>Rows that went.</returns>
    public static int RemoveBefore(WriteScope scope, int month, int most) =>
        scope.Execute(
            """
            DELETE FROM roughness_sums WHERE (month, segment, piece, along, vehicle) IN
              (SELECT month, segment, piece, along, vehicle FROM roughness_sums WHERE month < @month ORDER BY month, segment, piece, along, vehicle LIMIT @most)
            """,
            new { month, most });

    public static void Save(WriteScope scope, PieceEstimate estimate, long run) =>
        scope.Execute(
            """
            INSERT INTO roughness_pieces (segment, piece, along, estimate_um, error_um, passes_pm, vehicles, newest_day, scale, run)
            VALUES (@Segment, @Index, @along, @estimate, @error, @passes, @Vehicles, @NewestDay, @scale, @run)
            ON CONFLICT (segment, piece, along) DO UPDATE SET
              estimate_um=excluded.estimate_um, error_um=excluded.error_um, passes_pm=excluded.passes_pm, vehicles=excluded.vehicles,
              newest_day=excluded.newest_day, scale=excluded.scale, run=excluded.run
            """,
            new
            {
                estimate.Piece.Segment, estimate.Piece.Index, along = estimate.Piece.Along ? 1 : 0, estimate = Whole(estimate.MPerKm), error = Whole(estimate.ErrorMPerKm),
                passes = (long)Math.Round(estimate.Passes * 1_000), estimate.Vehicles, estimate.NewestDay, scale = (int)estimate.Scale, run,
            });

    public static void Save(WriteScope scope, VehicleCalibration vehicle, long run) =>
        scope.Execute(
            """
            INSERT INTO roughness_vehicles (vehicle, month, offset_um, slope_um, error_um, pieces, shared, scale, run)
            VALUES (@Vehicle, @Month, @offset, @slope, @error, @Pieces, @Shared, @scale, @run)
            ON CONFLICT (vehicle, month) DO UPDATE SET
              offset_um=excluded.offset_um, slope_um=excluded.slope_um, error_um=excluded.error_um, pieces=excluded.pieces, shared=excluded.shared,
              scale=excluded.scale, run=excluded.run
            """,
            new
            {
                vehicle.Vehicle, vehicle.Month, offset = Whole(vehicle.Offset), slope = Whole(vehicle.Slope), error = Whole(vehicle.Error),
                vehicle.Pieces, vehicle.Shared, scale = (int)vehicle.Scale, run,
            });

    /// <summary>Removes what a calibration did not find any more.</summary>
    public static void RemoveOthers(WriteScope scope, long run)
    {
        scope.Execute("DELETE FROM roughness_pieces WHERE run <> @run", new { run });
        scope.Execute("DELETE FROM roughness_vehicles WHERE run <> @run", new { run });
    }

    /// <summary>All estimates, in order of the piece.</summary>
    public static List<PieceEstimate> Pieces(DbConnection connection) =>
        [.. connection.Query<PieceRow>(
                """
                SELECT segment AS Segment, piece AS Piece, along AS Along, estimate_um AS Estimate, error_um AS Error, passes_pm AS Passes, vehicles AS Vehicles,
                  newest_day AS NewestDay, scale AS Scale
                FROM roughness_pieces
                """)
            .Select(r => new PieceEstimate(
                r.Place, r.Estimate / Millionths, r.Error / Millionths, r.Passes / 1_000.0, (int)r.Vehicles, (int)r.NewestDay, (RoughnessScale)r.Scale))
            .OrderBy(e => e.Piece)];

    public static List<VehicleCalibration> Vehicles(DbConnection connection) =>
        [.. connection.Query<VehicleRow>(
                """
                SELECT vehicle AS Vehicle, month AS Month, offset_um AS Offset, slope_um AS Slope, error_um AS Error, pieces AS Pieces, shared AS Shared, scale AS Scale
                FROM roughness_vehicles
                """)
            .Select(r => new VehicleCalibration(
                r.Vehicle, (int)r.Month, r.Offset / Millionths, r.Slope / Millionths, r.Error / Millionths, (int)r.Pieces, (int)r.Shared, (RoughnessScale)r.Scale))
            .OrderBy(v => v.Vehicle, StringComparer.Ordinal).ThenBy(v => v.Month)];

    private static long Whole(double value) => (long)Math.Round(value * Millionths);

    private abstract class OfPiece
    {
        public string Segment { get; init; } = "";

        public long Piece { get; init; }

        public long Along { get; init; }

        public long NewestDay { get; init; }

        public Piece Place => new(Segment, (int)Piece, Along == 1);
    }

    private sealed class SumsRow : OfPiece
    {
        public long Month { get; init; }

        public string Vehicle { get; init; } = "";

        public long LengthDm { get; init; }

        public long SquareSum { get; init; }

        public long HumSum { get; init; }

        public long SpeedSum { get; init; }
    }

    private sealed class PieceRow : OfPiece
    {
        public long Estimate { get; init; }

        public long Error { get; init; }

        public long Passes { get; init; }

        public long Vehicles { get; init; }

        public long Scale { get; init; }
    }

    private sealed class VehicleRow
    {
        public string Vehicle { get; init; } = "";

        public long Month { get; init; }

        public long Offset { get; init; }

        public long Slope { get; init; }

        public long Error { get; init; }

        public long Pieces { get; init; }

        public long Shared { get; init; }

        public long Scale { get; init; }
    }
}
