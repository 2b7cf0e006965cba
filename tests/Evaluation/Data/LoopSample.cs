namespace ThreeOneOne.Field.Evaluation.Data;

/// <summary>One row of a loop drive.</summary>
/// <param name="Time">Seconds since the epoch.</param>
/// <param name="Latitude">Degrees, WGS84.</param>
/// <param name="Longitude">Degrees, WGS84.</param>
/// <param name="SpeedMps">Speed over ground.</param>
/// <param name="AccelG">In g; gravity lies on −Y.</param>
/// <param name="GyroRadps">Rates of turn, rad/s.</param>
internal readonly record struct LoopSample(
    double Time, double Latitude, double Longitude, double SpeedMps, (double X, double Y, double Z) AccelG, (double X, double Y, double Z) GyroRadps);
