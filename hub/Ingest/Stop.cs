using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>A stay at one place.</summary>
/// <param name="From">When it came.</param>
/// <param name="To">When it left, or was last seen there.</param>
/// <param name="At">Mean of its fixes.</param>
/// <param name="Unseen">Longest time in it without a fix, when that is long: it may have been elsewhere and come back.</param>
public sealed record Stop(DateTimeOffset From, DateTimeOffset To, GeoPoint At, TimeSpan? Unseen);
