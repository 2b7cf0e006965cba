namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What orders cost together.</summary>
public sealed class CostSum
{
    /// <summary>Number of the order or request, service code, crew id or kind; empty for orders without one.</summary>
    public string Subject { get; init; } = "";

    public long Orders { get; init; }

    public long Cents { get; init; }

    /// <summary>Person-hours.</summary>
    public double LabourHours { get; init; }
}
