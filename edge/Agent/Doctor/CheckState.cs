namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>What a check came to.</summary>
public enum CheckState
{
    Ok = 0,

    /// <summary>It works, or is not proven, and somebody should know.</summary>
    Note,

    /// <summary>The vehicle will not do its work like this.</summary>
    Wrong,

    /// <summary>Nothing of the kind is configured, or it cannot be looked at now.</summary>
    Skipped,
}
