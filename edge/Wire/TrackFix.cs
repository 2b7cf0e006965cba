namespace ThreeOneOne.Field.Wire;

/// <summary>One fix of a track, as the hub stores it.</summary>
/// <param name="Time">GPS time, UTC.</param>
/// <param name="At">Position, six decimals.</param>
/// <param name="SpeedMps">Speed over ground, m/s.</param>
/// <param name="CourseDeg">Course over ground, degrees from true north; null while the receiver gives none (standing).</param>
/// <param name="Hdop">Horizontal dilution of precision; null when the receiver gives none.</param>
public readonly record struct TrackFix(DateTimeOffset Time, GeoPoint At, double SpeedMps, double? CourseDeg, double? Hdop);
