using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// The rule from a shock's shape to its cause, version <see cref="Version"/>. A hump moves the whole body, slowly and far. A
/// pothole lets the wheel fall and then strikes its far edge: down first, then up harder. What is short and does neither,
/// or is weak for the speed, is a casting; a single sharp push up is a joint.
/// </summary>
internal static class ShockRule
{
    public const string Version = "shock-1";

    // Range of the body's vertical speed, m/s, and share of slow motion in the energy: a hump's are far above, a hole's below.
    private const double HumpSwingMps = 0.4;
    private const double HumpSlowShare = 0.55;

    // Peak at 10 m/s; it grows with about the root of the speed.
    private const double PotholeMps2 = 3.1;
    private const double StrikeOverFall = 1.05;

    private const double JointLobeSeconds = 0.045;
    private const double ReferenceMps = 10;

    public static (ShockKind Kind, double Confidence) Judge(ShockWindow shock)
    {
        if (shock.SwingMps > HumpSwingMps && shock.SlowShare > HumpSlowShare)
            return (ShockKind.Hump, Sure(0.6 + 0.6 * (shock.SwingMps - HumpSwingMps) + 0.8 * (shock.SlowShare - HumpSlowShare)));
        var strength = shock.Peak / Math.Sqrt(shock.SpeedMps / ReferenceMps);
        var strike = shock.Up / Math.Max(0.1, shock.Down);
        if (shock.FirstPeak < 0 && strike > StrikeOverFall && strength > PotholeMps2)
            return (ShockKind.Pothole, Sure(0.55 + 0.12 * (strength - PotholeMps2) + 0.25 * (Math.Min(strike, 2) - StrikeOverFall)));
        // Strong enough to be a hole although the fall did not show: one wheel's edge, or the rear axle's turn.
        if (strength > 1.8 * PotholeMps2 && strike > StrikeOverFall) return (ShockKind.Pothole, 0.5);
        return shock.FirstPeak > 0 && shock.FirstLobeSeconds < JointLobeSeconds
            ? (ShockKind.Joint, 0.5)
            : (ShockKind.Casting, 0.5);
    }

    private static double Sure(double confidence) => Math.Round(Math.Clamp(confidence, 0.5, 0.95), 2);
}
