using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// What the city's own map of its castings and humps says of a place, before anything was felt there. Near a known one a shock is
/// rather of that; where the map has none, few of those that a city has are left to have caused it. Without a map near it says nothing.
/// </summary>
public sealed class KnownStructures
{
    /// <summary>A map is held to be whole where it has anything within this, metres.</summary>
    public const double CoversM = 150;

    private readonly double _casting, _hump;
    private readonly bool _isMapped;

    /// <param name="at">The middle of a place's shocks.</param>
    /// <param name="near">Structures within <see cref="CoversM"/> of it, nearest first.</param>
    /// <param name="options">How sure places are.</param>
    public KnownStructures(GeoPoint at, IReadOnlyList<RoadStructure> near, SitesOptions options)
    {
        _isMapped = near.Count > 0;
        foreach (var structure in near)
        {
            var share = Nearness(at, structure, options);
            if (structure.Kind == RoadStructureKind.Hump) _hump = Math.Max(_hump, share);
            else _casting = Math.Max(_casting, share);
            if (share > Share) (Share, Explains) = (share, structure);
        }

        if (Share < options.ExplainedFrom) Explains = null;
    }

    /// <summary>No map.</summary>
    public static KnownStructures None { get; } = new(default, [], new SitesOptions());

    /// <summary>The structure on which the place lies, within the errors of both; null when there is none.</summary>
    public RoadStructure? Explains { get; }

    /// <summary>How well the nearest lies on the place, 0 to 1.</summary>
    public double Share { get; }

    /// <summary>What is added to the belief before any evidence, log-odds.</summary>
    public double Prior(SitesOptions options) => _isMapped ? options.MappedPrior - options.StructurePrior * Share : 0;

    /// <summary>How common castings, and humps, are here among what gives shocks, over what is usual.</summary>
    public (double Casting, double Hump) Common(SitesOptions options) =>
        _isMapped ? (Between(options.UnmappedShare, _casting), Between(options.UnmappedShare, _hump)) : (1, 1);

    private static double Between(double least, double share) => least + (1 - least) * share;

    // The place of one pass's shock and the layer's place are off independently.
    private static double Nearness(GeoPoint at, RoadStructure structure, SitesOptions options)
    {
        var metres = at.DistanceMTo(structure.At);
        return Math.Exp(-0.5 * metres * metres / (options.ShockPlaceM * options.ShockPlaceM + structure.AccuracyM * structure.AccuracyM));
    }
}
