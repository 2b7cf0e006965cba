namespace ThreeOneOne.Field.Fleet.Light;

/// <summary>The light of one street light on a level sensor on a vehicle's roof.</summary>
/// <param name="StraightBelowLux">Illuminance straight below, lux.</param>
public readonly record struct Luminaire(double StraightBelowLux)
{
    /// <summary>Height of a cobrahead above the road, metres.</summary>
    public const double MountM = 8;

    /// <summary>Height of the sensor, metres.</summary>
    public const double SensorM = 1.6;

    /// <summary>Beyond this its light is lost in the floor, metres.</summary>
    public const double ReachM = 45;

    /// <summary>
    /// Lambert's law at the lamp (cos θ), the inverse square of the distance, and cos θ again at the level sensor:
    /// E = E0·h⁴/(h² + r²)².
    /// </summary>
    public double LuxAt(double distanceM)
    {
        const double H2 = (MountM - SensorM) * (MountM - SensorM);
        var share = H2 / (H2 + distanceM * distanceM);
        return StraightBelowLux * share * share;
    }
}
