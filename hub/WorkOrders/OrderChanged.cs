namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A work order was made or changed in any way that a list shows.</summary>
public sealed record OrderChanged(OrderSummary Summary);
