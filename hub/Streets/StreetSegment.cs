using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>A centre-line between two nodes, as drawn by the city.</summary>
/// <param name="Id">The city's id of the segment.</param>
/// <param name="Street">Name on signs: "Cambridge St".</param>
/// <param name="RoadClass">1 arterial, 2 collector, 3 local.</param>
/// <param name="FromNode">Node at the first point; null when the city gave none.</param>
/// <param name="ToNode">Node at the last point.</param>
/// <param name="Left">House numbers on the left, seen along the line; null when none.</param>
/// <param name="Right">House numbers on the right.</param>
/// <param name="Points">The line.</param>
public sealed record StreetSegment(
    string Id, string Street, int RoadClass, int? FromNode, int? ToNode,
    HouseNumbers? Left, HouseNumbers? Right, IReadOnlyList<GeoPoint> Points)
{
    /// <summary>1: one way as drawn, -1: one way against; 0: both ways, or nobody said.</summary>
    public int OneWay { get; init; }
}
