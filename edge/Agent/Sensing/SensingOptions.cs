using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>How raw signals become observations. Settings section <c>Sensing</c>.</summary>
public sealed class SensingOptions
{
    /// <summary>Longest gap between two fixes over which a position is interpolated, seconds of GPS time.</summary>
    [Range(0.2, 10)]
    public double MaxFixGapSeconds { get; set; } = 2.5;

    /// <summary>Fixes with a higher HDOP place no shock and leave a lamp unclear.</summary>
    [Range(0.5, 50)]
    public double MaxHdop { get; set; } = 4;

    /// <summary>Front to rear axle, metres.</summary>
    [Range(1, 10)]
    public double WheelbaseM { get; set; } = 2.7;

    /// <summary>Below this speed the road is not assessed, m/s.</summary>
    [Range(1, 20)]
    public double MinRoadSpeedMps { get; set; } = 4;

    /// <summary>
    /// True while the vehicle runs on chains or its streets lie under snow: the road is not assessed. Set in the device profile of a fleet or
    /// of one vehicle.
    /// </summary>
    public bool Winter { get; set; }

    /// <summary>The road is not assessed within this distance of a work zone, steel plates or ice that is known of, metres.</summary>
    [Range(5, 500)]
    public double HazardM { get; set; } = 60;

    /// <summary>What may be a shock is at least this high above gravity, m/s², at <see cref="ReferenceSpeedMps"/>; what it is, the model says.</summary>
    [Range(0.5, 50)]
    public double MinShockMps2 { get; set; } = 1.5;

    /// <summary>What may be a shock is at least this many times the running root mean square of the road.</summary>
    [Range(2, 20)]
    public double ShockOverRms { get; set; } = 3;

    /// <summary>Speed that the road's thresholds and the roughness estimate are stated at, m/s (36 km/h).</summary>
    [Range(5, 30)]
    public double ReferenceSpeedMps { get; set; } = 10;

    /// <summary>Length of the stretches that roughness is reported for, metres.</summary>
    [Range(10, 200)]
    public double StretchM { get; set; } = 50;

    /// <summary>Poles whose closest approach is farther are not assessed, metres.</summary>
    [Range(5, 50)]
    public double MaxPoleDistanceM { get; set; } = 20;

    /// <summary>Poles nearer to each other than this may cover for each other, metres.</summary>
    [Range(1, 50)]
    public double CoverM { get; set; } = 15;

    /// <summary>Lamps are assessed while the sun is below this elevation, degrees.</summary>
    [Range(-18, 0)]
    public double MaxSunElevationDeg { get; set; } = -6;

    /// <summary>Faster passes leave a lamp unclear, m/s.</summary>
    [Range(5, 40)]
    public double MaxLampSpeedMps { get; set; } = 20;

    /// <summary>Height of the light source above the roof sensor where the inventory gives none, metres.</summary>
    [Range(3, 20)]
    public double LampHeightM { get; set; } = 6.5;

    /// <summary>Illuminance between lights above which lamps cannot be told (dusk, shop windows), lux.</summary>
    [Range(0.5, 100)]
    public double MaxFloorLux { get; set; } = 8;

    /// <summary>A lamp is dark, or lit, when that explains the light so much better; natural logarithm of the ratio of likelihoods.</summary>
    [Range(0.5, 20)]
    public double LampOdds { get; set; } = 2.2;

    /// <summary>
    /// The receiver's range error, one sigma, metres: times HDOP its horizontal error, and by √2 less across the street, which
    /// is how much farther a pole may be than believed.
    /// </summary>
    [Range(0.0, 30)]
    public double RangeErrorM { get; set; } = 4;
}
