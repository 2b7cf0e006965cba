namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>What lies in or on the road besides its roughness.</summary>
public enum PieceKind
{
    Pothole,
    Casting,
    Joint,
    Hump,
}
