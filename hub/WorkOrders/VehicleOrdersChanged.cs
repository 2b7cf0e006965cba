namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A vehicle should hold other orders than before.</summary>
public sealed record VehicleOrdersChanged(string Vehicle);
