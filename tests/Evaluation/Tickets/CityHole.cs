using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>A planted pothole and its life, which the hub is never told.</summary>
/// <param name="Lane">The lane that it lies in.</param>
/// <param name="Pieces">One hole, or a few close together, the first of them first.</param>
/// <param name="At">Where its middle is.</param>
/// <param name="From">World time from which on it is there.</param>
/// <param name="FilledAt">When somebody else filled it; null: nobody.</param>
/// <param name="BackAt">When it broke open again; null: never.</param>
internal sealed record CityHole(StreetEdge Lane, IReadOnlyList<RoadPiece> Pieces, Place At, DateTimeOffset From, DateTimeOffset? FilledAt, DateTimeOffset? BackAt)
{
    /// <summary>Where its middle lies on its lane, metres.</summary>
    public double MiddleM => (Pieces[0].AlongM + Pieces[^1].AlongM + Pieces[^1].LengthM) / 2;

    public bool IsThere(DateTimeOffset at) => at >= From && (FilledAt is not { } filled || at < filled || (BackAt is { } back && at >= back));

    /// <summary>Puts into the road what appears from one time to another.</summary>
    public void Appear(RoadSurface road, DateTimeOffset from, DateTimeOffset until)
    {
        foreach (var piece in Pieces)
        {
            if (From >= from && From < until) road.Put(Lane, piece with { GoneAt = FilledAt });
            if (BackAt is { } back && back >= from && back < until) road.Put(Lane, piece with { GoneAt = null });
        }
    }
}
