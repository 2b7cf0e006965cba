using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Planting;

/// <summary>A hole that was put into a lane.</summary>
/// <param name="Edge">The lane.</param>
/// <param name="Piece">Its shape, and when it was filled.</param>
/// <param name="At">Where its middle is.</param>
public sealed record PlantedPothole(StreetEdge Edge, RoadPiece Piece, Place At)
{
    /// <summary>True when somebody else fills it during the run: the hub has to notice by itself.</summary>
    public bool ByOthers { get; init; }
}
