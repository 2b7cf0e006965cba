using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// The rule from what was seen at a pole to a verdict, version <see cref="Version"/>: how much better a dark lamp explains the
/// light along the pass than one that burns, with all neighbours burning as they may. What fits both is unclear: a wrong "dark"
/// sends a truck, an "unclear" waits for the next pass.
/// </summary>
internal sealed class LampRule(SensingOptions options, LampModel model)
{
    public const string Version = "lamp-3";

    // Below this headlights and windows show as much, lux.
    private const double LeastExpectedLux = 3;

    private const int LeastSamples = 3;

    // Of a receiver that doesn't say.
    private const double UnknownHdop = 2;

    /// <summary>True when nothing but this light can have made the peak: such lights teach the model.</summary>
    public bool IsClearlyLit(LampPass pass, LampSight sight) =>
        Disturbance(pass, sight) is null && pass.Pole.Luminaires == 1 && sight.NearestOtherM > options.CoverM
        && sight.AboveFloorLux > Math.Max(2, sight.FloorLux) && sight.BumpLux > 0.6 * sight.AboveFloorLux;

    public double ExpectedLux(LampPass pass) => model.ExpectedLux(pass.Pole.Fixture, pass.DistanceM);

    /// <summary>Why nothing can be measured here, whatever burns; null when something can. Only with a calibrated model.</summary>
    public LampDoubt? Hindrance(LampPass pass, LampSight sight)
    {
        if (Disturbance(pass, sight) is { } disturbed) return disturbed;
        var expected = ExpectedLux(pass);
        if (expected < LeastExpectedLux) return LampDoubt.TooWeak;
        return expected < 0.5 * sight.FloorLux ? LampDoubt.BrightFloor : null;
    }

    /// <param name="odds">Natural logarithm of how much likelier the light is when the lamp is out.</param>
    public LampVerdict Judge(double odds) =>
        odds >= options.LampOdds ? LampVerdict.Dark : odds <= -options.LampOdds ? LampVerdict.Lit : LampVerdict.Unclear;

    /// <summary>0 to 1: how sure the odds are of the verdict; less for a dark one among few lit ones.</summary>
    public static double Confidence(LampVerdict verdict, double odds, int litNeighbours)
    {
        if (verdict == LampVerdict.Unclear) return 0;
        var sure = 1 / (1 + Math.Exp(-Math.Abs(odds)));
        var neighbours = verdict == LampVerdict.Lit || litNeighbours >= 4 ? 1 : 0.85;
        return Math.Round(Math.Clamp((sure - 0.5) / 0.45, 0, 0.99) * neighbours, 2);
    }

    /// <summary>Of the receiver's place, one sigma each way, metres.</summary>
    public double PositionErrorM(in Place place) => (place.Hdop ?? UnknownHdop) * options.RangeErrorM / Math.Sqrt(2);

    private LampDoubt? Disturbance(LampPass pass, LampSight sight)
    {
        if (sight.Samples < LeastSamples) return LampDoubt.FewReadings;
        if (sight.FloorLux > options.MaxFloorLux) return LampDoubt.BrightFloor;
        if (pass.Closest.Place.SpeedMps > options.MaxLampSpeedMps) return LampDoubt.TooFast;
        return pass.Closest.Place.Hdop > options.MaxHdop ? LampDoubt.BadFix : null;
    }
}
