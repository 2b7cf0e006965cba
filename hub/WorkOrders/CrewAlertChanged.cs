namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>An alert was raised, taken back or acknowledged.</summary>
public sealed record CrewAlertChanged(CrewAlert Alert);
