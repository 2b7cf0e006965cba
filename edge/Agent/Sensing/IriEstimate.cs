namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// A rough estimate of the International Roughness Index from the body's vertical acceleration. On a road whose spectrum
/// falls with the square of the wave number (ISO 8608) the acceleration grows with the root of the speed, and the index
/// with the root of the spectrum: 2.21 m/km in the middle of class A (Múčka 2017). The factor between them is from a car of
/// four reference quarter-cars simulated over classes A to C, where it ran from 10 to 16: an estimate until a vehicle is
/// calibrated.
/// </summary>
internal static class IriEstimate
{
    private const double ReferenceMps = 10;
    private const double MPerKmPerMps2 = 12.5;

    public static double MPerKm(double rmsMps2, double speedMps) => MPerKmPerMps2 * rmsMps2 / Math.Sqrt(speedMps / ReferenceMps);
}
