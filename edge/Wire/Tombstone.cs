namespace ThreeOneOne.Field.Wire;

/// <summary>Says that the vehicle dropped records on purpose, so that the hub can tell dropped from missing.</summary>
/// <param name="From">First sequence number dropped.</param>
/// <param name="To">Last sequence number dropped.</param>
/// <param name="Kind">What was dropped.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="Ranges">
/// Exactly what was dropped, inclusive ranges of two; null when it is everything from <paramref name="From"/> to
/// <paramref name="To"/>.
/// </param>
/// <param name="Epoch">Epoch of what was dropped; null when it is the tombstone's own.</param>
public sealed record Tombstone(long From, long To, RecordKind Kind, string Reason, long[][]? Ranges = null, string? Epoch = null);
