using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// How a stretch of street drove: its roughness, and how many shocks were felt on it. A stretch without a shock is what
/// speaks against a pothole that was reported there.
/// </summary>
public sealed record RoughnessObservation
{
    private readonly double? _estimate;

    public required GeoPoint From { get; init; }

    public required GeoPoint To { get; init; }

    public double LengthM { get; init; }

    /// <summary>
    /// Estimated roughness (response type), m/km, as if this vehicle were the reference car: no International Roughness Index, for
    /// no profiler has calibrated it. Null when the speed or the sensor does not allow an estimate.
    /// </summary>
    public double? EstimateMPerKm { get => _estimate; init => _estimate = value ?? _estimate; }

    /// <summary>
    /// The square of the estimate in equal parts of the stretch from <see cref="From"/> on, (m/km)²: squares add up to those of
    /// longer pieces. Slightly negative ones are a smooth road's noise. Null for a part with a shock in it; absent before rough-2.
    /// </summary>
    public IReadOnlyList<double?>? Squares { get; init; }

    /// <summary>
    /// What was taken off each part's square on average for what shakes the vehicle itself, (m/km)². Where it is more than what is left, the
    /// estimate rests on it.
    /// </summary>
    public double? Hum { get; init; }

    /// <summary>Root mean square of vertical acceleration without gravity, m/s².</summary>
    public double RmsMps2 { get; init; }

    /// <summary>Mean speed over ground.</summary>
    public double SpeedMps { get; init; }

    public double? LeastSpeedMps { get; init; }

    public double? MostSpeedMps { get; init; }

    public double? CourseDeg { get; init; }

    public double? Hdop { get; init; }

    /// <summary>
    /// Shakes on the stretch that were a hole or would have hidden one: shocks of every kind, and what could not be told. 0 is a pass
    /// that would have felt a hole. Parts with one in them are not in the roughness.
    /// </summary>
    public int Shocks { get; init; }

    /// <summary>Street segment id, for vehicles without a crew.</summary>
    public string? Segment { get; init; }

    /// <summary>Version of the rule that concluded this.</summary>
    public string? Rule { get; init; }

    /// <summary>The name that <see cref="EstimateMPerKm"/> had until rough-1. Read, never written.</summary>
    [JsonPropertyName("iriMPerKm")]
    public double? FormerEstimateMPerKm { get => null; init => _estimate ??= value; }
}
