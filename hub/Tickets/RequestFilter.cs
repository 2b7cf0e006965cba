namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What a list of requests is asked for.</summary>
/// <param name="Status">open, closed, withdrawn; null: all.</param>
/// <param name="Service">Service code; null: all.</param>
/// <param name="Text">Part of number or address, or a whole pole id.</param>
/// <param name="Limit">Most rows.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record RequestFilter(string? Status, string? Service, string? Text, int Limit, RequestCursor? After);
