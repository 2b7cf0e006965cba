namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>What a structure in a road is, as far as wheels can tell. Stored by number.</summary>
public enum RoadStructureKind
{
    /// <summary>A utility structure's frame: manhole, catch basin, valve or gate box, cover.</summary>
    Casting = 1,

    /// <summary>A speed hump, table or raised crossing.</summary>
    Hump = 2,

    /// <summary>An expansion joint or a bridge's edge.</summary>
    Joint = 3,

    /// <summary>A rail crossing.</summary>
    Rail = 4,
}
