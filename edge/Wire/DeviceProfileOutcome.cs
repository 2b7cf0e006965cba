namespace ThreeOneOne.Field.Wire;

/// <summary>What became of a device profile on its vehicle.</summary>
public enum DeviceProfileOutcome
{
    Unknown = 0,

    /// <summary>In force, and not yet proven.</summary>
    Trying,

    /// <summary>In force and proven by the vehicle's health.</summary>
    Applied,

    /// <summary>Never in force: its settings do not fit this vehicle.</summary>
    Refused,

    /// <summary>Was in force, did not prove itself, and is no longer.</summary>
    RolledBack,
}
