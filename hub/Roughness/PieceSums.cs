namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>
/// What one vehicle felt on one piece in one month, in whole numbers: they add up to the same in whatever order observations
/// arrive. No pass by itself is kept, and no time finer than the newest day.
/// </summary>
public readonly record struct PieceSums
{
    /// <summary>Square of roughness that a sum is limited to, (m/km)².</summary>
    private const double MostSquare = 40_000;

    /// <summary>Length driven, decimetres.</summary>
    public long LengthDm { get; init; }

    /// <summary>Squares of estimated roughness times length: hundredths of (m/km)² × decimetres. May be negative on a smooth road.</summary>
    public long SquareSum { get; init; }

    /// <summary>What vehicles took off these squares for their own shaking, times length: hundredths of (m/km)² × decimetres.</summary>
    public long HumSum { get; init; }

    /// <summary>Logarithm of speed over 10 m/s times length: thousandths × decimetres.</summary>
    public long SpeedSum { get; init; }

    /// <summary>The newest day, days since 1970.</summary>
    public int NewestDay { get; init; }

    /// <summary>Mean square, (m/km)².</summary>
    public double Square => SquareSum / 100.0 / LengthDm;

    /// <summary>Mean of what was taken off, (m/km)².</summary>
    public double Hum => HumSum / 100.0 / LengthDm;

    public double LogSpeed => SpeedSum / 1_000.0 / LengthDm;

    public static PieceSums operator +(PieceSums a, PieceSums b) => new()
    {
        LengthDm = a.LengthDm + b.LengthDm,
        SquareSum = a.SquareSum + b.SquareSum,
        HumSum = a.HumSum + b.HumSum,
        SpeedSum = a.SpeedSum + b.SpeedSum,
        NewestDay = Math.Max(a.NewestDay, b.NewestDay),
    };

    /// <summary>Of one part of a stretch.</summary>
    public static PieceSums Of(double lengthM, double square, double hum, double speedMps, int day)
    {
        var length = (long)Math.Round(Math.Clamp(lengthM, 0, 1_000) * 10);
        return new PieceSums
        {
            LengthDm = length,
            SquareSum = length * (long)Math.Round(Math.Clamp(square, -MostSquare, MostSquare) * 100),
            HumSum = length * (long)Math.Round(Math.Clamp(double.IsFinite(hum) ? hum : 0, 0, MostSquare) * 100),
            SpeedSum = length * (long)Math.Round(Math.Log(Math.Clamp(speedMps, 1, 60) / 10) * 1_000),
            NewestDay = day,
        };
    }
}
