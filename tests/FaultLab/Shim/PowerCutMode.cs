namespace ThreeOneOne.Field.FaultLab.Shim;

/// <summary>What of the un-fsynced a power cut takes.</summary>
internal enum PowerCutMode
{
    /// <summary>Nothing: the process died, the machine did not.</summary>
    Nothing = 0,

    /// <summary>All of it.</summary>
    All,

    /// <summary>All behind a seeded operation, which itself is torn at a seeded byte.</summary>
    Torn,

    /// <summary>Any operations, as a drive that reorders them.</summary>
    Some,
}
