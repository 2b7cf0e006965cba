using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>What a receiver says of one moment.</summary>
/// <param name="At">Where, on the city's plane.</param>
/// <param name="SpeedMps">Over ground, by Doppler.</param>
/// <param name="CourseDeg">From north; null while it stands.</param>
/// <param name="Hdop">Horizontal dilution of precision.</param>
/// <param name="Satellites">Used.</param>
public readonly record struct ReceiverFix(Place At, double SpeedMps, double? CourseDeg, double Hdop, int Satellites);
