using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>
/// What was sensed on a stretch of street, in whole numbers: they add up to the same in whatever order observations arrive.
/// </summary>
public readonly record struct StreetSums
{
    private const double MostLengthM = 10_000, MostMPerKm = 1_000, MostMps2 = 1_000, MostLux = 1_000_000;

    /// <summary>Stretches driven with a working accelerometer.</summary>
    public long Stretches { get; init; }

    /// <summary>Length of those whose roughness could be told, decimetres.</summary>
    public long RoughLengthDm { get; init; }

    /// <summary>Their roughness times length: thousandths of m/km × decimetres.</summary>
    public long RoughSum { get; init; }

    /// <summary>Sum over all stretches of the vertical acceleration's root mean square, thousandths of m/s².</summary>
    public long RmsSum { get; init; }

    /// <summary>Road shocks of any kind.</summary>
    public long Shocks { get; init; }

    /// <summary>Shocks that were like a pothole.</summary>
    public long Potholes { get; init; }

    /// <summary>Passes of street lights at night, also those that could not tell.</summary>
    public long LampPasses { get; init; }

    public long LampsLit { get; init; }

    public long LampsDark { get; init; }

    /// <summary>Sum of the passes' highest illuminance, thousandths of a lux.</summary>
    public long LuxSum { get; init; }

    /// <summary>Observations in it.</summary>
    public long Observations => Stretches + Shocks + LampPasses;

    /// <summary>Mean estimated roughness by length as the vehicles sent it, not calibrated, m/km; null when no stretch allowed an estimate.</summary>
    public double? EstimateMPerKm => RoughLengthDm == 0 ? null : RoughSum / 1_000.0 / RoughLengthDm;

    /// <summary>Mean root mean square of vertical acceleration, m/s².</summary>
    public double? RmsMps2 => Stretches == 0 ? null : RmsSum / 1_000.0 / Stretches;

    /// <summary>Mean of the passes' highest illuminance, lux.</summary>
    public double? PeakLux => LampPasses == 0 ? null : LuxSum / 1_000.0 / LampPasses;

    public static StreetSums operator +(StreetSums a, StreetSums b) => new()
    {
        Stretches = a.Stretches + b.Stretches,
        RoughLengthDm = a.RoughLengthDm + b.RoughLengthDm,
        RoughSum = a.RoughSum + b.RoughSum,
        RmsSum = a.RmsSum + b.RmsSum,
        Shocks = a.Shocks + b.Shocks,
        Potholes = a.Potholes + b.Potholes,
        LampPasses = a.LampPasses + b.LampPasses,
        LampsLit = a.LampsLit + b.LampsLit,
        LampsDark = a.LampsDark + b.LampsDark,
        LuxSum = a.LuxSum + b.LuxSum,
    };

    /// <summary>What one observation adds; null for records that sense no street.</summary>
    public static StreetSums? Of(WireRecord record) => record switch
    {
        { Roughness: { } stretch } => Of(stretch),
        { Shock: { } shock } => new StreetSums { Shocks = 1, Potholes = shock.Kind == ShockKind.Pothole ? 1 : 0 },
        { Lamp: { } lamp } => new StreetSums
        {
            LampPasses = 1, LampsLit = lamp.Verdict == LampVerdict.Lit ? 1 : 0, LampsDark = lamp.Verdict == LampVerdict.Dark ? 1 : 0,
            LuxSum = Whole(lamp.PeakLux, MostLux, 1_000),
        },
        _ => null,
    };

    private static StreetSums Of(RoughnessObservation stretch)
    {
        var length = stretch.EstimateMPerKm is { } rough && double.IsFinite(rough) ? Whole(stretch.LengthM, MostLengthM, 10) : 0;
        return new StreetSums
        {
            Stretches = 1, RoughLengthDm = length, RoughSum = length * Whole(stretch.EstimateMPerKm ?? 0, MostMPerKm, 1_000), RmsSum = Whole(stretch.RmsMps2, MostMps2, 1_000),
        };
    }

    // A sensor that says nonsense must not fill a sum for ever.
    private static long Whole(double value, double most, double scale) => double.IsFinite(value) ? (long)Math.Round(Math.Clamp(value, 0, most) * scale) : 0;
}
