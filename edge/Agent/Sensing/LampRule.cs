using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// The rule from what was seen at a pole to a verdict, version <see cref="Version"/>. A light is lit when the peak, less what
/// the other lights would add there, reaches a good part of what it should show. It is dark when even the whole peak,
/// whoever made it, stays below a small share of the least that it could show, were it as much farther as the receiver may
/// err, and nothing rises and falls there. Everything else is unclear: a wrong "dark" sends a truck, an "unclear" waits for
/// the next pass.
/// </summary>
internal sealed class LampRule(SensingOptions options, LampModel model)
{
    public const string Version = "lamp-2";

    private const double LitShare = 0.45;

    // A dim light of another kind still makes a bump of its own.
    private const double DimShare = 0.12;

    // Below this even a lit light would hardly show, lux.
    private const double LeastExpectedLux = 1.5;

    private const int LeastSamples = 3;

    // Of a receiver that doesn't say.
    private const double UnknownHdop = 2;

    /// <summary>True when nothing but this light can have made the peak: such lights teach the model.</summary>
    public bool IsClearlyLit(LampPass pass, LampSight sight) =>
        Disturbed(pass, sight) is false && pass.Pole.Luminaires == 1 && sight.NearestOtherM > options.CoverM
        && sight.AboveFloorLux > Math.Max(2, sight.FloorLux) && sight.BumpLux > 0.6 * sight.AboveFloorLux;

    public double ExpectedLux(LampPass pass) => model.ExpectedLux(pass.Pole.Fixture, pass.DistanceM);

    /// <summary>What a weak lit light shows at the distance believed plus the receiver's error, lux.</summary>
    public double LeastLux(LampPass pass) => model.LeastLux(pass.Pole.Fixture, pass.DistanceM + PositionErrorM(pass.Closest.Place));

    /// <summary>Only with a calibrated model.</summary>
    public LampVerdict Judge(LampPass pass, LampSight sight)
    {
        var expected = ExpectedLux(pass);
        if (Disturbed(pass, sight) || expected < Math.Max(LeastExpectedLux, 0.7 * sight.FloorLux)) return LampVerdict.Unclear;
        var above = sight.AboveFloorLux;
        if (above < options.DarkShare * expected)
        {
            var most = options.DarkShare * LeastLux(pass);
            // Where even the limit is lost in noise and headlights, darkness shows nothing.
            return most >= options.ResolvableLux && above < most && sight.BumpLux < Math.Max(options.ResolvableLux, DimShare * expected)
                ? LampVerdict.Dark
                : LampVerdict.Unclear;
        }

        var others = sight.Others.Sum(o => model.ExpectedLux(o.Pole.Fixture, o.DistanceM));
        // Another pole so near that its light and this one's cannot be told apart.
        var covered = sight.NearestOtherM < options.CoverM && others > 0.5 * expected;
        return !covered && above - others > LitShare * expected && sight.BumpLux > DimShare * expected
            ? LampVerdict.Lit
            : LampVerdict.Unclear;
    }

    /// <summary>
    /// 0 to 1: nearer, slower, well placed and among more lit neighbours is surer; a dark one also by how much of the least
    /// light that it could show is missing.
    /// </summary>
    public double Confidence(LampPass pass, LampVerdict verdict, int litNeighbours)
    {
        if (verdict == LampVerdict.Unclear) return 0;
        var place = pass.Closest.Place;
        var distance = 1 - 0.3 * Math.Clamp((pass.DistanceM - 8) / 12, 0, 1);
        var speed = 1 - 0.2 * Math.Clamp((place.SpeedMps - 12) / 8, 0, 1);
        var hdop = 1 - 0.2 * Math.Clamp(((place.Hdop ?? UnknownHdop) - 1.5) / 2.5, 0, 1);
        var neighbours = verdict == LampVerdict.Lit ? 1 : litNeighbours >= 4 ? 1 : 0.85;
        var lamps = pass.Pole.Luminaires > 1 ? 0.7 : 1;
        var missing = verdict == LampVerdict.Dark ? 1 - Math.Max(pass.Sight!.AboveFloorLux, options.ResolvableLux) / LeastLux(pass) : 1;
        return Math.Round(0.95 * distance * speed * hdop * neighbours * lamps * missing, 2);
    }

    // Of the horizontal error only its part across the street moves the distance of the closest approach.
    private double PositionErrorM(in Place place) => (place.Hdop ?? UnknownHdop) * options.RangeErrorM / Math.Sqrt(2);

    private bool Disturbed(LampPass pass, LampSight sight) =>
        sight.Samples < LeastSamples || sight.FloorLux > options.MaxFloorLux
        || pass.Closest.Place.SpeedMps > options.MaxLampSpeedMps || pass.Closest.Place.Hdop > options.MaxHdop;
}
