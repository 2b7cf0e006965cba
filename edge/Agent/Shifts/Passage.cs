using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Shifts;

/// <summary>The gate's answer.</summary>
/// <param name="Allowed">False: it must not leave the vehicle, nor be stored.</param>
/// <param name="Duty">Whose it is; null for vehicles without a crew.</param>
/// <param name="Shift">The shift it belongs to; null for vehicles without a crew.</param>
public readonly record struct Passage(bool Allowed, Duty? Duty, Shift? Shift)
{
    public static readonly Passage Refused;

    public static readonly Passage WithoutCrew = new(true, null, null);
}
