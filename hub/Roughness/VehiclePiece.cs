namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>What one vehicle felt on one piece in one month, as calibration takes it.</summary>
/// <param name="Piece">Where.</param>
/// <param name="Vehicle">Id.</param>
/// <param name="Month">Year times 12 plus month, UTC.</param>
/// <param name="LengthM">Of the piece, metres.</param>
/// <param name="Sums">What was felt.</param>
public sealed record VehiclePiece(Piece Piece, string Vehicle, int Month, double LengthM, PieceSums Sums)
{
    /// <summary>How often it drove all of the piece.</summary>
    public double Passes => Sums.LengthDm / 10.0 / LengthM;

    public static int MonthOf(DateTimeOffset at) => at.UtcDateTime.Year * 12 + at.UtcDateTime.Month;
}
