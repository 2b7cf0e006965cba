namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Orders of one service that were done in a time.</summary>
public sealed class OrderFigures
{
    public string Service { get; init; } = "";

    /// <summary>Without what was fixed on the spot, as are the next two.</summary>
    public long Done { get; init; }

    public long WithTarget { get; init; }

    public long InTime { get; init; }

    /// <summary>Opened and closed by a crew in one action.</summary>
    public long FixedOnTheSpot { get; init; }

    /// <summary>Repair points of all of them.</summary>
    public long Points { get; init; }
}
