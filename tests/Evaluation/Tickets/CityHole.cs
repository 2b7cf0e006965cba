using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>A planted pothole and its life, which the hub is never told.</summary>
/// <param name="Planted">Where and how large.</param>
/// <param name="From">World time from which on it is there.</param>
/// <param name="FilledAt">When somebody else filled it; null: nobody.</param>
/// <param name="BackAt">When it broke open again; null: never.</param>
internal sealed record CityHole(PlantedPothole Planted, DateTimeOffset From, DateTimeOffset? FilledAt, DateTimeOffset? BackAt)
{
    public Place At => Planted.At;

    /// <summary>Where its middle lies on its lane, metres.</summary>
    public double MiddleM => Planted.Piece.AlongM + Planted.Piece.LengthM / 2;

    public bool IsThere(DateTimeOffset at) => at >= From && (FilledAt is not { } filled || at < filled || (BackAt is { } back && at >= back));

    /// <summary>Puts into the road what appears from one time to another.</summary>
    public void Appear(RoadSurface road, DateTimeOffset from, DateTimeOffset until)
    {
        if (From >= from && From < until) road.Put(Planted.Edge, Planted.Piece with { GoneAt = FilledAt });
        if (BackAt is { } back && back >= from && back < until) road.Put(Planted.Edge, Planted.Piece with { GoneAt = null });
    }
}
