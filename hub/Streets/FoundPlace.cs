using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>A place that somebody named in words.</summary>
/// <param name="Kind"><c>address</c>, <c>intersection</c>, <c>street</c>, <c>pole</c> or <c>point</c>.</param>
/// <param name="Text">As the city writes it: "125 Inman St", "Hampshire St &amp; Inman St".</param>
/// <param name="Detail">Where that is, in more words; null when the text says it all.</param>
/// <param name="At">On the side of the street that has the number; the middle of a street.</param>
/// <param name="Exact">False when it is only the nearest that the city has to what was named.</param>
/// <param name="Segment">The city's id of the segment; null for an intersection.</param>
/// <param name="Rank">Less fits better.</param>
public sealed record FoundPlace(string Kind, string Text, string? Detail, GeoPoint At, bool Exact, string? Segment, int Rank);
