using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What speaks against assessing the road, and is not the sensor's.</summary>
/// <param name="Works">True while the vehicle's equipment works: plow, broom, boom.</param>
/// <param name="At">Why a place is not assessed; null for a plain street.</param>
public sealed record Surroundings(Func<bool> Works, Func<GeoPoint, NotAssessed?> At)
{
    public static Surroundings Plain { get; } = new(() => false, _ => null);
}
