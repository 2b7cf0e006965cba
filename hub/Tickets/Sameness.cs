namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Whether two requests are about one defect.</summary>
public enum Sameness
{
    /// <summary>Nothing speaks for it.</summary>
    None,

    /// <summary>A person should look.</summary>
    Maybe,

    /// <summary>So surely that a report may follow the other by rule.</summary>
    Same,
}
