using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>One edge of the way ahead, with what the driver will do on it.</summary>
public sealed class Leg(StreetEdge edge)
{
    public StreetEdge Edge { get; } = edge;

    /// <summary>Speed that traffic allows here, m/s.</summary>
    public required double SpeedMps { get; init; }

    /// <summary>Seconds to stand at the end (stop sign, red light); 0 to drive through.</summary>
    public double WaitSeconds { get; set; }

    /// <summary>Places along the edge that are taken slowly: bends and humps.</summary>
    public required IReadOnlyList<(double AlongM, double SpeedMps)> Slow { get; init; }
}
