namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Whether a source gives readings.</summary>
public enum SourceState
{
    /// <summary>Nothing was heard yet.</summary>
    Unknown = 0,

    Ok,

    /// <summary>It talks and gives nothing usable (no fix, unreadable lines), or it fell silent.</summary>
    Stale,

    /// <summary>It cannot be opened, or it ended.</summary>
    Missing,
}
