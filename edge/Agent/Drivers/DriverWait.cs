namespace ThreeOneOne.Field.Agent.Drivers;

/// <summary>What came of waiting for a driver.</summary>
internal enum DriverWait
{
    /// <summary>Nothing in time; some drivers say no more than that when their device is gone.</summary>
    Nothing = 0,

    /// <summary>There is something to read.</summary>
    Ready,

    /// <summary>The driver has let go.</summary>
    Gone,
}
