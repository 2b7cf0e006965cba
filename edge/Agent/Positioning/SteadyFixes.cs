using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>
/// Places that the vehicle's own speed bears out. A receiver measures speed by Doppler, which reflections hardly touch, and its place by
/// distances, which they pull metres away: a place that speed does not lead to is not believed for a while, and a vehicle that stands
/// keeps its place. Only where speed and place were found to agree, or where the vehicle itself shows that it stands; what a receiver says
/// is never held back.
/// </summary>
internal sealed class SteadyFixes
{
    private const double LongestGapSeconds = 5;

    // One sigma of a good place, metres at an HDOP of 1; and of a speed, m/s and as a share, which also bears what curves between two fixes cost.
    private const double PlaceM = 2.2;
    private const double SpeedMps = 0.3;
    private const double SpeedShare = 0.03;
    private const double GateSigmas = 3.5;
    private const double LongestUnbelievedSeconds = 60;

    // Place and speed are compared over about a second; the share of times that they agreed counts over some ten.
    private const double CompareSeconds = 0.9;
    private const double AgreeM = 2.5;
    private const double AgreeShare = 0.15;
    private const double AgreeMemory = 0.1;
    private const double LeastAgreement = 0.7;

    // What it ran by its speed in the last seconds, each way: noise runs to and fro, a vehicle that drives off runs away.
    private const double RunSeconds = 5;
    private const double RunStandM = 1.5;
    private const double RunMoveM = 4;
    // Between tall buildings places and speeds are noise while a vehicle rests: what says otherwise must stand out of what they showed
    // since it came to rest. Until that is known, a good receiver's noise counts for a minute.
    private const double RunSigmas = 7;
    private const double CreepSpreads = 2.5;
    private const double PriorSpreadM2 = 9;
    private const double PriorSpeed2 = 0.02;
    private const double PriorSeconds = 60;

    // Who gets in or slams a door has not driven yet.
    private const double RestlessSeconds = 10;
    private const double StandMps = 0.3;
    private const double StandSeconds = 4;

    // Too slow for its speed to show, but going somewhere: the mean of a minute leaves that of ten for minutes.
    private const double CreepM = 8;
    private const double CreepSeconds = 120;
    private const double ShortMeanSeconds = 10;
    private const double MeanSeconds = 60;
    private const double LongMeanSeconds = 600;

    private Fix? _last;
    private Fix? _compared;
    private double _agreement;
    private GeoPoint _at;
    private double _variance;
    private double _unbelievedSeconds;
    private (double East, double North) _ran;
    private double _slowSeconds;
    private double _quietSeconds;
    private double _awaySeconds;
    private GeoPoint _shortMean;
    private GeoPoint _mean;
    private GeoPoint _longMean;
    private bool _stands;
    private double _stoodSeconds;
    private double _spreadM2;
    private double _speed2;
    private double _restlessSeconds = double.MaxValue;

    /// <summary>The fix with the place that is believed. Fixes in order of time.</summary>
    /// <param name="fix">As the receiver says it.</param>
    /// <param name="signs">What else is known then.</param>
    public Fix Next(Fix fix, StandingSigns signs = default)
    {
        var dt = _last is { } last ? (fix.FixTime - last.FixTime).TotalSeconds : 0;
        if (dt > LongestGapSeconds && _stands && signs.StillSeconds > dt)
        {
            // It saw no sky for a while, and did not move.
            _last = _compared = fix;
            return fix with { At = _at };
        }

        if (dt is <= 0 or > LongestGapSeconds || !Knows(fix) || !Knows(_last!))
        {
            Begin(fix);
            return fix;
        }

        var (east, north) = Moved(_last!, fix, dt);
        Compare(fix);
        Run(fix, dt, east, north);
        _last = fix;
        Rest(signs, dt);
        if (_agreement < LeastAgreement && !(_stands && _restlessSeconds <= RestlessSeconds && RanM < RunLimitM(signs, dt)))
        {
            (_at, _variance, _stands, _unbelievedSeconds) = (fix.At, Variance(fix, 1), false, 0);
            return fix;
        }

        var stood = _stands;
        if (Stands(fix, signs, dt)) return fix with { At = _at };
        // Driving off has been caught up with already.
        if (!stood) Follow(fix, dt, east, north);
        return fix with { At = _at };
    }

    // Moving without a course: there is nothing to hold the place against.
    private static bool Knows(Fix fix) => fix.CourseDeg is not null || fix.SpeedMps < 1;

    private static double Variance(Fix fix, double dt)
    {
        // Errors of fixes a tenth of a second apart are one error: ten of them say no more than one.
        var sigma = PlaceM * Math.Max(1, fix.Hdop ?? 1);
        return sigma * sigma / Math.Min(1, dt);
    }

    private static (double East, double North) Velocity(Fix fix)
    {
        if (fix.CourseDeg is not { } course) return default;
        var (sin, cos) = Math.SinCos(course * Math.PI / 180);
        return (fix.SpeedMps * sin, fix.SpeedMps * cos);
    }

    private static (double East, double North) Moved(Fix from, Fix to, double dt)
    {
        var (a, b) = (Velocity(from), Velocity(to));
        return (dt * (a.East + b.East) / 2, dt * (a.North + b.North) / 2);
    }

    private void Begin(Fix fix)
    {
        (_last, _compared, _at, _variance) = (fix, fix, fix.At, Variance(fix, 1));
        (_stands, _unbelievedSeconds, _slowSeconds, _quietSeconds, _ran) = (false, 0, 0, 0, default);
    }

    private void Compare(Fix fix)
    {
        var dt = (fix.FixTime - _compared!.FixTime).TotalSeconds;
        if (dt < CompareSeconds) return;
        var (east, north) = Moved(_compared, fix, dt);
        var far = _compared.At.MovedByM(east, north).DistanceMTo(fix.At);
        _agreement += AgreeMemory * ((far <= AgreeM + AgreeShare * fix.SpeedMps * dt ? 1 : 0) - _agreement);
        _compared = fix;
    }

    private void Follow(Fix fix, double dt, double east, double north)
    {
        _at = _at.MovedByM(east, north);
        var error = SpeedMps + SpeedShare * fix.SpeedMps;
        _variance += error * error * dt;
        var (offEast, offNorth) = _at.OffsetMTo(fix.At);
        var off = offEast * offEast + offNorth * offNorth;
        if (off > GateSigmas * GateSigmas * (_variance + Variance(fix, 1)))
        {
            _unbelievedSeconds += dt;
            if (_unbelievedSeconds <= LongestUnbelievedSeconds) return;
            (_at, _variance, _unbelievedSeconds) = (fix.At, Variance(fix, 1), 0);
            return;
        }

        _unbelievedSeconds = 0;
        var share = _variance / (_variance + Variance(fix, dt));
        _at = _at.MovedByM(share * offEast, share * offNorth);
        _variance *= 1 - share;
    }

    private void Run(Fix fix, double dt, double east, double north)
    {
        var keep = Math.Exp(-dt / RunSeconds);
        _ran = (_ran.East * keep + east, _ran.North * keep + north);
        _slowSeconds = fix.SpeedMps <= StandMps ? _slowSeconds + dt : 0;
        _quietSeconds = RanM <= RunStandM ? _quietSeconds + dt : 0;
    }

    private double RanM => Math.Sqrt(_ran.East * _ran.East + _ran.North * _ran.North);

    // New noise in each fix adds up to this over the time that a run is remembered.
    private double RunLimitM(in StandingSigns signs, double dt) =>
        signs.Rests ? Math.Max(RunMoveM, RunSigmas * Math.Sqrt(_speed2 / 2 * dt * RunSeconds / 2)) : RunMoveM;

    private double CreepLimitM(in StandingSigns signs, Fix fix) =>
        Math.Max(CreepM * Math.Max(1, fix.Hdop ?? 1), signs.Rests ? CreepSpreads * Math.Sqrt(_spreadM2) : 0);

    private void Rest(in StandingSigns signs, double dt)
    {
        _restlessSeconds = signs.Rests ? 0 : _restlessSeconds + dt;
        if (signs.Rests && !_stands && RanM <= RunStandM) Stand();
    }

    private void Stand()
    {
        (_stands, _shortMean, _mean, _longMean, _awaySeconds, _ran) = (true, _at, _at, _at, 0, default);
        (_stoodSeconds, _spreadM2, _speed2) = (0, PriorSpreadM2, PriorSpeed2);
    }

    // About the mean of some seconds: who creeps stays near it, and reflections jump off it.
    private void LearnNoise(Fix fix, double dt)
    {
        _stoodSeconds += dt;
        var share = dt / Math.Min(LongMeanSeconds, PriorSeconds + _stoodSeconds);
        _speed2 += share * (fix.SpeedMps * fix.SpeedMps - _speed2);
        _shortMean = Nearer(_shortMean, fix.At, dt / ShortMeanSeconds);
        var spread = _shortMean.DistanceMTo(fix.At);
        _spreadM2 += share * (spread * spread - _spreadM2);
    }

    private bool Stands(Fix fix, in StandingSigns signs, double dt)
    {
        if (!_stands)
        {
            if (_slowSeconds < StandSeconds && _quietSeconds < StandSeconds) return false;
            Stand();
            return true;
        }

        if (RanM >= RunLimitM(signs, dt))
        {
            (_stands, _slowSeconds, _quietSeconds) = (false, 0, 0);
            (_at, _variance) = (_at.MovedByM(_ran.East, _ran.North), Variance(fix, 1));
            return false;
        }

        _mean = Nearer(_mean, fix.At, dt / MeanSeconds);
        LearnNoise(fix, dt);
        var away = _mean.DistanceMTo(_longMean) > CreepLimitM(signs, fix);
        _awaySeconds = away ? _awaySeconds + dt : 0;
        if (!away) _longMean = Nearer(_longMean, fix.At, dt / LongMeanSeconds);
        if (_awaySeconds < CreepSeconds) return true;
        // By as much as it crept: where it stood is believed no less than before.
        var (east, north) = _longMean.OffsetMTo(_mean);
        (_at, _longMean, _awaySeconds) = (_at.MovedByM(east, north), _mean, 0);
        return true;
    }

    private static GeoPoint Nearer(GeoPoint from, GeoPoint to, double share)
    {
        var (east, north) = from.OffsetMTo(to);
        return from.MovedByM(Math.Min(1, share) * east, Math.Min(1, share) * north);
    }
}
