namespace ThreeOneOne.Field.Wire;

/// <summary>What caused a road shock, as far as one pass can tell.</summary>
public enum ShockKind
{
    Unknown = 0,
    Pothole,

    /// <summary>Speed hump, cushion or raised crossing: built on purpose.</summary>
    Hump,

    /// <summary>A utility structure in the road: manhole, valve or gate box.</summary>
    Casting,

    /// <summary>Bridge or slab joint, rail.</summary>
    Joint,

    /// <summary>Road that is rough all along, which may hide a hole.</summary>
    RoughRoad,
}
