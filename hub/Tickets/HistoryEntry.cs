namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>One line of a request's history.</summary>
public sealed record HistoryEntry(DateTimeOffset At, string Who, string What);
