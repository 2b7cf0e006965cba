using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>A drive between two stops.</summary>
/// <param name="From">When it left.</param>
/// <param name="To">When it came.</param>
/// <param name="Start">Where it left.</param>
/// <param name="End">Where it came to.</param>
/// <param name="DistanceM">Along the fixes, metres.</param>
/// <param name="TopSpeedMps">Highest speed over ground of a fix, m/s.</param>
public sealed record Trip(DateTimeOffset From, DateTimeOffset To, GeoPoint Start, GeoPoint End, double DistanceM, double TopSpeedMps);
