namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>How many requests lie in one place.</summary>
/// <param name="Id">Segment or district.</param>
/// <param name="Requests">Without those that repeat another.</param>
/// <param name="Open">Open ones among them.</param>
/// <param name="Reports">Those that repeat one of them.</param>
public sealed record HotSpotCount(string Id, long Requests, long Open, long Reports);
