namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Which orders a list shows; null: any.</summary>
public sealed record OrderFilter
{
    public string? State { get; init; }
    public string? Crew { get; init; }
    public string? Service { get; init; }
    public string? Kind { get; init; }

    /// <summary>Of this contractor: its own work, and what its crews have.</summary>
    public string? Party { get; init; }

    /// <summary>Numbers below this one: where the page before ended.</summary>
    public string? Before { get; init; }
    public bool OpenOnly { get; init; }
    public required int Limit { get; init; }
}
