namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>What a vehicle says that it dropped on purpose.</summary>
/// <param name="Ranges">Sequence numbers, inclusive ranges of two.</param>
/// <param name="Kind">What was dropped.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record Dropped(long[][] Ranges, string Kind, string Reason);
