using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>Where and how a vehicle moves on the test road, each <see cref="Fleet.Driving.Driver.StepSeconds"/>.</summary>
/// <param name="Seconds">Since the beginning.</param>
/// <param name="Pass">How often it has come to an end of the road.</param>
/// <param name="AlongM">From the road's beginning, whichever way it drives.</param>
/// <param name="At">Truly.</param>
/// <param name="Heading">Radians from east.</param>
/// <param name="SpeedMps">Over ground.</param>
/// <param name="ForwardMps2">How it accelerates.</param>
/// <param name="LeftMps2">How it is pulled by turning.</param>
internal readonly record struct TripStep(
    double Seconds, int Pass, double AlongM, Place At, double Heading, double SpeedMps, double ForwardMps2, double LeftMps2);
