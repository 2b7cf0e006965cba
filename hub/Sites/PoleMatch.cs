using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Which pole of the inventory a vehicle speaks of: its copy may be older, and poles are moved and renumbered.</summary>
public sealed class PoleMatch(SitesOptions options, PoleIndex poles)
{
    // A pole that the vehicle's copy has this far from the inventory's place was moved or renumbered.
    private const double MovedPoleM = 25;

    /// <summary>The one that it names, or the nearest to where it has it; null when there is none.</summary>
    public StreetLight? Of(LampObservation lamp)
    {
        var named = poles.Find(lamp.Pole);
        return named is not null && named.At.DistanceMTo(lamp.At) <= MovedPoleM
            ? named
            : poles.Nearest(lamp.At, options.PoleMatchM);
    }
}
