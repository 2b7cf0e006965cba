namespace ThreeOneOne.Field.Agent.Console;

/// <summary>Reply to a POST: it is on disk.</summary>
/// <param name="Saved">Always true; what is not saved is a problem reply.</param>
/// <param name="Epoch">Epoch of its record; null when nothing had to change.</param>
/// <param name="Seq">Number of its record.</param>
public sealed record SavedReply(bool Saved, string? Epoch, long? Seq);
