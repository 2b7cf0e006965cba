namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A picture that somebody marked as public.</summary>
/// <param name="Id">Of its line of the history: <see cref="HistoryEntry.UpdateId"/>.</param>
/// <param name="Type">Media type.</param>
public sealed record PublicMedia(string Id, string Type);
