namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>How many requests lie in one place.</summary>
public sealed record HotSpotCount
{
    // Not by a constructor: SQLite knows no type of a sum that has no rows.

    /// <summary>Segment or district.</summary>
    public string Id { get; init; } = "";

    /// <summary>Without those that repeat another.</summary>
    public long Requests { get; init; }

    /// <summary>Open ones among them.</summary>
    public long Open { get; init; }

    /// <summary>Those that repeat one of them.</summary>
    public long Reports { get; init; }
}
