namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>What lies in or on the road besides its roughness.</summary>
public enum PieceKind
{
    Pothole,
    Casting,
    Joint,
    Hump,

    /// <summary>A raised crossing: a ramp, a flat top that takes both axles, a ramp.</summary>
    Table,

    /// <summary>A row of metal studs.</summary>
    MetalBump,

    /// <summary>One rail in its groove.</summary>
    Rail,

    /// <summary>A filled trench, a little high or low.</summary>
    Patch,

    /// <summary>Loose stones or broken asphalt.</summary>
    Gravel,
}
