namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>What to do with one proposal.</summary>
public enum Decision
{
    /// <summary>Count it; open nothing.</summary>
    Shadow,

    /// <summary>Open it for review.</summary>
    Review,

    /// <summary>Open it for work.</summary>
    Automatic,

    /// <summary>Open it, and keep it for another day: the district has had its share.</summary>
    Capped,
}
