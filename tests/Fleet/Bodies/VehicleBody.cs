namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>What of a vehicle shapes the ride, and where in it the sensor sits.</summary>
/// <param name="Type">Its build.</param>
/// <param name="Front">A front corner.</param>
/// <param name="Rear">A rear corner.</param>
/// <param name="WheelbaseM">Between the axles, metres.</param>
/// <param name="TrackM">Between the wheels of an axle, metres.</param>
/// <param name="CentreHeightM">Centre of mass above the road, metres: how far it dives and leans. 0: not at all.</param>
/// <param name="SensorAhead">Where the sensor sits between rear (0) and front axle (1).</param>
/// <param name="SensorRight">Where between left (0) and right wheels (1).</param>
/// <param name="SensorUpM">How far above the centre about which the body pitches and rolls, metres.</param>
/// <param name="PatchM">Half the length over which a tyre evens the road out, metres.</param>
/// <param name="EngineHz">Firing frequency of the idling engine.</param>
/// <param name="EngineMps2">How hard it shakes the body.</param>
/// <param name="NoiseMps2">Noise of body and tyres while standing.</param>
/// <param name="NoisePerS">How much of it each m/s adds.</param>
public sealed record VehicleBody(
    BodyType Type, CornerRatios Front, CornerRatios Rear, double WheelbaseM, double TrackM, double CentreHeightM,
    double SensorAhead, double SensorRight, double SensorUpM, double PatchM, double EngineHz, double EngineMps2, double NoiseMps2, double NoisePerS)
{
    /// <summary>A saloon on golden corners with the sensor on the dashboard: what the demo drives.</summary>
    public static VehicleBody Standard { get; } =
        new(BodyType.Compact, CornerRatios.Golden, CornerRatios.Golden, 2.9, 1.56, 0, 0.72, 0.6, 0, 0.09, 11, 0.05, 0.05, 0.011);

    /// <summary>Any vehicle of a city's fleet.</summary>
    public static VehicleBody Any(ParameterDraw draw)
    {
        var type = draw.Random.NextDouble() switch { < 0.45 => BodyType.Compact, < 0.65 => BodyType.Van, < 0.85 => BodyType.Pickup, _ => BodyType.Truck };
        return type switch
        {
            BodyType.Compact => Of(type, draw, (1.05, 1.65), (0.18, 0.45), (10, 15), (0.09, 0.17), (2.35, 2.85), (1.42, 1.58), 0.55, 1.15),
            BodyType.Van => Of(type, draw, (1.2, 1.9), (0.18, 0.42), (9.5, 14), (0.10, 0.19), (2.9, 3.7), (1.6, 1.75), 0.75, 1.25),
            BodyType.Pickup => Of(type, draw, (1.2, 2.0), (0.15, 0.4), (9.5, 14), (0.12, 0.22), (3.0, 3.7), (1.55, 1.75), 0.7, 1.4),
            _ => Of(type, draw, (1.4, 2.5), (0.12, 0.35), (9, 13), (0.12, 0.26), (3.6, 5.6), (1.8, 2.1), 1.1, 1.2),
        };
    }

    private static VehicleBody Of(BodyType type, ParameterDraw draw, (double, double) bodyHz, (double, double) damping, (double, double) wheelHz,
        (double, double) wheel, (double, double) wheelbase, (double, double) track, double height, double rearStiffer)
    {
        var (body, damp, hop, mass) = (In(bodyHz), In(damping), In(wheelHz), In(wheel));
        // An empty bed or boot leaves the rear light on its springs.
        var stiffer = draw.Between(0.95, rearStiffer);
        return new VehicleBody(type, CornerRatios.Of(body, damp, hop, mass), CornerRatios.Of(body * stiffer, damp, hop * Math.Sqrt(stiffer), mass * stiffer),
            In(wheelbase), In(track), height * draw.Between(0.85, 1.15),
            draw.Between(0.35, 1.0), draw.Between(0.15, 0.85), draw.Between(-0.2, 0.7), draw.Between(0.06, 0.13),
            draw.Between(11, 32), draw.Scale(0.02, 0.25), draw.Scale(0.06, 0.3), draw.Scale(0.015, 0.07));

        double In((double Low, double High) range) => draw.Between(range.Low, range.High);
    }
}
