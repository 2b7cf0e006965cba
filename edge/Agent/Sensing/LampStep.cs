using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Watches the street lights that the vehicle passes at night. Each pole within reach is followed to its closest approach,
/// measured once its surroundings are behind, and concluded once per pass. A dark one waits until lights of the same pass
/// were seen lit: a covered sensor or a power cut is not two hundred dead lamps.
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

    private static readonly TimeSpan SunEvery = TimeSpan.FromSeconds(30);

    private readonly SensingOptions _options;
    private readonly PoleIndex _poles;
    private readonly LampModel _model;
    private readonly LampRule _rule;
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
            if (pass.Sight is null && _track.DrivenM < pass.AtM + WindowM + 3) Emit(pass, LampVerdict.Unclear, 0);
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
            if (behind >= SurroundingsM) Settle(pass, last: behind > PatienceM);
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

        if (!_model.IsCalibrated)
        {
            if (last) Emit(pass, LampVerdict.Unclear, 0);
            return;
        }

        var verdict = _rule.Judge(pass, pass.Sight);
        if (verdict == LampVerdict.Lit) _seen.Add((pass.AtM, true));
        var near = _seen.Where(s => Math.Abs(s.AtM - pass.AtM) <= PatienceM).ToArray();
        var lit = near.Count(s => s.Lit);
        if (verdict == LampVerdict.Dark && (lit < FewestLit || lit < near.Length - lit))
        {
            if (!last) return;
            verdict = LampVerdict.Unclear;
        }

        if (verdict == LampVerdict.Dark) _seen.Add((pass.AtM, false));
        if (_seen.Count > 40) _seen.RemoveAt(0);
        Emit(pass, verdict, lit);
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

    private void Emit(LampPass pass, LampVerdict verdict, int litNeighbours)
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
                Confidence = _rule.Confidence(pass, verdict, litNeighbours),
                Curve = pass.Sight?.Curve,
                Rule = LampRule.Version,
            },
        });
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
