namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>How what a vehicle runs with differs from what is meant.</summary>
public enum ProfileDrift
{
    Unknown = 0,

    None,

    /// <summary>It never said: not connected since it takes profiles, or an agent that takes none.</summary>
    Unheard,

    /// <summary>It has another version, and what was meant is on its way or was taken back.</summary>
    Version,

    /// <summary>It has the version, and other values: somebody set keys on the vehicle.</summary>
    Values,
}
