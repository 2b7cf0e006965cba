namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A service request was opened or changed in any way that a list shows.</summary>
public sealed record RequestChanged(RequestSummary Summary);
