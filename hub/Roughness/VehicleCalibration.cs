namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>How one vehicle responds to roads in one month, against the reference car.</summary>
/// <param name="Vehicle">Id.</param>
/// <param name="Month">Year times 12 plus month, UTC.</param>
/// <param name="Offset">Logarithm of what it feels over what the reference car feels, at 10 m/s.</param>
/// <param name="Slope">What is left of the exponent of speed.</param>
/// <param name="Error">Standard error of the offset among the vehicles that it shares streets with; their common scale is beside it.</param>
/// <param name="Pieces">Pieces that it drove.</param>
/// <param name="Shared">Of these, driven by other vehicles or measured by a profiler.</param>
/// <param name="Scale">Where its scale is from; none when it shares too few.</param>
public sealed record VehicleCalibration(string Vehicle, int Month, double Offset, double Slope, double Error, int Pieces, int Shared, RoughnessScale Scale);
