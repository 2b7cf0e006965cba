namespace ThreeOneOne.Field.Fleet.Light;

/// <summary>Ways in which a street light fails.</summary>
public enum LampFaultKind
{
    /// <summary>Gives no light.</summary>
    Out,

    /// <summary>Gives much less than it did.</summary>
    Dim,

    /// <summary>Of several luminaires on its pole, some are out.</summary>
    Partial,

    /// <summary>Goes out and comes back within minutes, all night.</summary>
    Cycling,

    /// <summary>Burns by day.</summary>
    DayBurner,
}
