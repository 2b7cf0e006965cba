namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>What was sensed on a segment over a span of time.</summary>
/// <param name="Sums">All of it.</param>
/// <param name="LastRoad">The last hour in which its road was felt, UTC.</param>
/// <param name="LastLamp">The last hour in which its lights were looked at, UTC.</param>
public sealed record SegmentCoverage(StreetSums Sums, DateTimeOffset? LastRoad, DateTimeOffset? LastLamp);
