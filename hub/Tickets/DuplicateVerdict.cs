namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What speaks for and against two requests being one.</summary>
/// <param name="Sameness">The outcome.</param>
/// <param name="ByPlace">It rests on where they were reported, not on a named asset or an address.</param>
/// <param name="DistanceM">Between the places, metres; null when one of them is doubtful.</param>
/// <param name="Reasons">For people.</param>
public sealed record DuplicateVerdict(Sameness Sameness, bool ByPlace, double? DistanceM, IReadOnlyList<string> Reasons);
