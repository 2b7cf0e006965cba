namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>What a calibration found.</summary>
/// <param name="Pieces">In order of the piece.</param>
/// <param name="Vehicles">In order of vehicle and month.</param>
/// <param name="Scatter">What the model leaves, over what it expects; about 1.</param>
public sealed record CalibrationResult(IReadOnlyList<PieceEstimate> Pieces, IReadOnlyList<VehicleCalibration> Vehicles, double Scatter);
