namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>One corner of a vehicle, by the mass of the body that rests on it.</summary>
/// <param name="Tyre">Stiffness of the tyre, 1/s².</param>
/// <param name="Spring">Of the spring, 1/s².</param>
/// <param name="Damper">Of the damper, 1/s.</param>
/// <param name="Wheel">Mass of wheel and axle.</param>
public sealed record CornerRatios(double Tyre, double Spring, double Damper, double Wheel)
{
    /// <summary>The "golden car" by which the International Roughness Index is defined (Sayers 1995).</summary>
    public static CornerRatios Golden { get; } = new(653, 63.3, 6.0, 0.15);

    /// <summary>From what is measured on vehicles: frequencies of body and wheel, damping, and the wheel's share of mass.</summary>
    public static CornerRatios Of(double bodyHz, double damping, double wheelHz, double wheel)
    {
        var spring = Math.Pow(Math.Tau * bodyHz, 2);
        return new CornerRatios(Math.Max(4 * spring, Math.Pow(Math.Tau * wheelHz, 2) * wheel - spring), spring, 2 * damping * Math.Tau * bodyHz, wheel);
    }
}
