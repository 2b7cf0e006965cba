namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Open requests by what a dispatcher asks first.</summary>
public sealed record RequestCounts(long Open, long Overdue, long LightsOut, long Potholes);
