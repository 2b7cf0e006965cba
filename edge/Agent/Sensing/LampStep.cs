using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Watches the street lights that the vehicle passes at night. Each pole within reach is followed to its closest approach,
/// measured once its surroundings are behind, and concluded once per pass. A dark one waits until lights of the same pass
/// were seen lit, around it or on both sides of a dark stretch: a covered sensor is not two hundred dead lamps.
/// </summary>
public sealed class LampStep : SensingStep
{
    // The window about the closest approach holds the receiver's error.
    private const double WindowM = 9;
    private const double SurroundingsM = 30;
    private const double FloorM = 150;

    // How far a verdict may wait for lit neighbours and for the model, and how far they count.
    private const double PatienceM = 200;
    private const double ForgetM = 80;
    private const int FewestLit = 2;

    // A dark stretch may be this long when lights burn before and behind it.
    private const double StretchM = 1_000;
    private const int MostSeen = 120;

    // Farther lamps than this from the stretch that is fitted add nothing to it, and more than these are not told apart.
    private const double ReachM = 35;
    private const int MostLamps = 10;
    private const int FewestPoints = 6;

    private static readonly TimeSpan SunEvery = TimeSpan.FromSeconds(30);

    private readonly SensingOptions _options;
    private readonly PoleIndex _poles;
    private readonly LampModel _model;
    private readonly LampRule _rule;
    private readonly LampFitOptions _fitOptions = new();
    private readonly LampFit _fit;
    private readonly LightTrack _track = new();
    private readonly Dictionary<string, LampPass> _passes = [];
    private readonly List<(double AtM, bool Lit)> _seen = [];
    private DateTimeOffset? _sunAt;
    private bool _night;

    public LampStep(SensingOptions options, PoleIndex poles)
    {
        _options = options;
        _poles = poles;
        _model = new LampModel(options.LampHeightM);
        _rule = new LampRule(options, _model);
        _fit = new LampFit(_model, _fitOptions);
    }

    public override void Take(in LightReading reading)
    {
        if (!IsNight(reading.Place))
        {
            BreakLight();
            return;
        }

        if (!_track.Add(reading)) return;
        foreach (var (pole, distance) in _poles.Near(reading.Place.At, _options.MaxPoleDistanceM))
        {
            if (!_passes.TryGetValue(pole.Id, out var pass)) _passes[pole.Id] = pass = new LampPass(pole);
            pass.Approach(distance, _track.DrivenM, reading);
        }

        Advance();
    }

    public override void BreakLight()
    {
        foreach (var pass in Waiting())
        {
            // Not driven through: the gap may have hidden it.
            if (pass.Sight is null && _track.DrivenM < pass.AtM + WindowM + 3) Emit(pass, LampVerdict.Unclear, 0, LampDoubt.FewReadings);
            else Settle(pass, last: true);
        }

        _passes.Clear();
        _seen.Clear();
        _track.Clear();
    }

    private void Advance()
    {
        foreach (var pass in Waiting())
        {
            var behind = _track.DrivenM - pass.AtM;
            if (behind >= SurroundingsM) Settle(pass, last: false);
        }

        foreach (var (id, pass) in _passes)
        {
            if (pass.Concluded && _track.DrivenM - pass.AtM > ForgetM) _passes.Remove(id);
        }
    }

    // In order of the drive, so that lit ones teach the model before later ones are judged.
    private LampPass[] Waiting() => [.. _passes.Values.Where(p => !p.Concluded).OrderBy(p => p.AtM).ThenBy(p => p.Pole.Id, StringComparer.Ordinal)];

    private void Settle(LampPass pass, bool last)
    {
        if (pass.Sight is null)
        {
            pass.Sight = Look(pass);
            if (_rule.IsClearlyLit(pass, pass.Sight)) _model.Learn(pass.Pole.Fixture, pass.Sight.PoleDistanceM, pass.Sight.AboveFloorLux);
        }

        var behind = _track.DrivenM - pass.AtM;
        if (!_model.IsCalibrated)
        {
            if (last || behind > PatienceM) Emit(pass, LampVerdict.Unclear, 0, LampDoubt.NotCalibrated);
            return;
        }

        if (_rule.Hindrance(pass, pass.Sight) is { } hindrance)
        {
            Emit(pass, LampVerdict.Unclear, 0, hindrance);
            return;
        }

        if ((pass.Logs ??= Fit(pass)) is not { } logs)
        {
            Emit(pass, LampVerdict.Unclear, 0, LampDoubt.FewReadings);
            return;
        }

        var odds = LampOdds.ThatItIsOut(logs);
        var verdict = _rule.Judge(odds);
        if (verdict != LampVerdict.Dark)
        {
            if (verdict == LampVerdict.Lit) Saw(pass, lit: true);
            Emit(pass, verdict, odds, verdict == LampVerdict.Unclear ? LampDoubt.Ambiguous : null);
            return;
        }

        var near = _seen.Where(s => Math.Abs(s.AtM - pass.AtM) <= PatienceM).ToArray();
        var lit = near.Count(s => s.Lit);
        if ((lit >= FewestLit && lit >= near.Length - lit) || LitOnBothSides(pass))
        {
            Saw(pass, lit: false);
            Emit(pass, verdict, odds, null, lit);
        }
        else if (last || behind > StretchM)
        {
            Emit(pass, LampVerdict.Unclear, odds, LampDoubt.NoLitNear);
        }
    }

    private void Saw(LampPass pass, bool lit)
    {
        _seen.Add((pass.AtM, lit));
        if (_seen.Count > MostSeen) _seen.RemoveAt(0);
    }

    private bool LitOnBothSides(LampPass pass) =>
        _seen.Count(s => s.Lit && s.AtM < pass.AtM && s.AtM >= pass.AtM - StretchM) >= FewestLit
        && _seen.Count(s => s.Lit && s.AtM > pass.AtM && s.AtM <= pass.AtM + StretchM) >= FewestLit;

    private double[]? Fit(LampPass pass)
    {
        var centre = pass.Closest.Place.At;
        var (from, count) = Indices(pass.AtM - _fitOptions.HalfM, pass.AtM + _fitOptions.HalfM);
        List<LightPoint> points = [];
        for (var i = from; i < from + count;)
        {
            var step = (int)Math.Floor((_track[i].AtM - pass.AtM) / _fitOptions.StepM);
            double east = 0, north = 0, along = 0, lux = 0;
            var n = 0;
            for (; i < from + count && (int)Math.Floor((_track[i].AtM - pass.AtM) / _fitOptions.StepM) == step; i++, n++)
            {
                var (e, no) = centre.OffsetMTo(_track[i].Reading.Place.At);
                (east, north, along, lux) = (east + e, north + no, along + _track[i].AtM - pass.AtM, lux + _track[i].Lux);
            }

            points.Add(new LightPoint(east / n, north / n, along / n, lux / n));
        }

        if (points.Count < FewestPoints) return null;
        var lamps = _poles.Near(centre, _fitOptions.HalfM + ReachM)
            .Where(o => o.Pole.Id != pass.Pole.Id).OrderBy(o => o.DistanceM).ThenBy(o => o.Pole.Id, StringComparer.Ordinal)
            .Take(MostLamps - 1).Select(o => o.Pole).Prepend(pass.Pole)
            .Select(pole =>
            {
                var (east, north) = centre.OffsetMTo(pole.At);
                return new LampPlace(east, north, _model.UsualCd(pole.Fixture));
            }).ToArray();
        return _fit.Likelihoods(points, lamps, _rule.PositionErrorM(pass.Closest.Place));
    }

    private LampSight Look(LampPass pass)
    {
        var floor = _track.FloorLux(pass.AtM - FloorM, _track.DrivenM);
        var (from, count) = Indices(pass.AtM - WindowM, pass.AtM + WindowM);
        var peak = _track[from];
        for (var i = from; i < from + count; i++)
        {
            if (_track[i].Lux > peak.Lux) peak = _track[i];
        }

        var bump = peak.Lux - Math.Max(Lowest(peak.AtM - SurroundingsM / 2, peak.AtM), Lowest(peak.AtM, peak.AtM + SurroundingsM / 2));
        var at = peak.Reading.Place.At;
        var others = _poles.Near(at, 60).Where(o => o.Pole.Id != pass.Pole.Id).ToArray();
        return new LampSight(peak.Lux, floor, bump, at.DistanceMTo(pass.Pole.At), others, count, Curve(pass.AtM));
    }

    private double Lowest(double fromM, double toM)
    {
        var (from, count) = Indices(fromM, toM);
        var lowest = double.MaxValue;
        for (var i = from; i < from + count; i++) lowest = Math.Min(lowest, _track[i].Lux);
        return lowest;
    }

    private (int From, int Count) Indices(double fromM, double toM)
    {
        var range = _track.Between(fromM, toM);
        return (range.Start.Value, range.End.Value - range.Start.Value);
    }

    private int[] Curve(double atM)
    {
        const int HalfWidth = 15;
        var curve = new int[2 * HalfWidth + 1];
        for (var i = 0; i < curve.Length; i++)
        {
            var metres = atM + (i - HalfWidth) * 2;
            var (from, count) = Indices(metres - 2, metres + 2);
            for (var k = from; k < from + count; k++) curve[i] += (int)Math.Round(_track[k].Lux * 10 / count);
            if (count == 0 && i > 0) curve[i] = curve[i - 1];
        }

        return curve;
    }

    private void Emit(LampPass pass, LampVerdict verdict, double odds, LampDoubt? doubt, int litNeighbours = 0)
    {
        pass.Concluded = true;
        var closest = pass.Closest;
        Conclude(new Conclusion(closest.Place, closest.Sample.DeviceTime, closest.Sample.MonotonicMs)
        {
            Lamp = new LampObservation
            {
                Pole = pass.Pole.Id,
                At = pass.Pole.At,
                Verdict = verdict,
                PeakLux = Math.Round(pass.Sight?.PeakLux ?? closest.Sample.Lux, 2),
                FloorLux = Math.Round(pass.Sight?.FloorLux ?? 0, 2),
                ExpectedLux = _model.IsCalibrated ? Math.Round(_rule.ExpectedLux(pass), 2) : null,
                DistanceM = Math.Round(pass.DistanceM, 1),
                SpeedMps = Math.Round(closest.Place.SpeedMps, 2),
                Hdop = closest.Place.Hdop,
                Confidence = LampRule.Confidence(verdict, odds, litNeighbours),
                Curve = pass.Sight?.Curve,
                SideM = Side(pass),
                // What a covered sensor would show as well is no measurement.
                Likelihoods = doubt is null or LampDoubt.Ambiguous ? Tenths(pass.Logs) : null,
                Doubt = doubt,
                Rule = LampRule.Version,
            },
        });
    }

    private static int[]? Tenths(double[]? logs) =>
        logs is null ? null : [.. logs.Select(l => Math.Min(LampLadder.Lowest, (int)Math.Round(-10 * l)))];

    private static double? Side(LampPass pass)
    {
        if (pass.Closest.Place.CourseDeg is not { } course) return null;
        var (east, north) = pass.Closest.Place.At.OffsetMTo(pass.Pole.At);
        var (sin, cos) = Math.SinCos(course * Math.PI / 180);
        return Math.Round(east * cos - north * sin, 1);
    }

    private bool IsNight(in Place place)
    {
        if (_sunAt is null || (place.Time - _sunAt.Value).Duration() > SunEvery)
        {
            _sunAt = place.Time;
            _night = Sun.ElevationDeg(place.Time, place.At) < _options.MaxSunElevationDeg;
        }

        return _night;
    }
}
