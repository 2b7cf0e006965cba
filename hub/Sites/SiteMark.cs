using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What a crew found out on the spot. Passes from before it no longer count.</summary>
/// <param name="Source">The work order it comes from; one order makes one mark.</param>
/// <param name="Kind"><see cref="SiteKind"/>.</param>
/// <param name="Repaired">Fixed; false when the crew found nothing wrong.</param>
/// <param name="AtMs">Work time by GPS, Unix milliseconds.</param>
/// <param name="DeviceMs">Work time by the vehicle's wall clock, Unix milliseconds.</param>
/// <param name="Replay">GPS time is from a rebased recording.</param>
/// <param name="At">Place of the order.</param>
/// <param name="Pole">The pole, for street lights.</param>
public sealed record SiteMark(
    string Source, string Kind, bool Repaired, long AtMs, long DeviceMs, bool Replay, GeoPoint At, string? Pole)
{
    /// <summary>
    /// True for an observation made before the crew's finding, or while its repair settled. Recordings are rebased one by
    /// one, so theirs is the only case in which GPS times of two vehicles don't compare and the wall clocks decide.
    /// </summary>
    /// <param name="observation">At the mark's place.</param>
    /// <param name="settleMs">How long a repair settles, milliseconds; a crew that found nothing left nothing to settle.</param>
    public bool Spends(Observation observation, long settleMs)
    {
        var settled = Repaired ? settleMs : 0;
        return Replay || observation.Replay ? observation.DeviceMs <= DeviceMs + settled : observation.FixMs <= AtMs + settled;
    }
}
