namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>
/// Since when nothing moves the vehicle, by its accelerometer alone: from second to second neither the mean of its readings, which is
/// gravity, nor what shakes about it changes. An idling engine shakes evenly; who drives off is pushed, and who rolls is tilted by the
/// road. Even driving looks alike: it stands only where its receiver does not say otherwise. Written by one thread, read by any.
/// </summary>
public sealed class Stillness
{
    private const double BinSeconds = 1;
    private const int LeastSamples = 10;

    // What a mean may differ from the one of the last minute, m/s², beside its own noise: half a degree of tilt.
    private const double MeanMps2 = 0.06;
    private const double NoiseSigmas = 3;

    // How much stronger or weaker it may shake: an engine is started, a door falls shut.
    private const double Stronger = 1.5;
    private const double StrongerMps2 = 0.03;
    private const double Weaker = 0.4;
    private const double MemorySeconds = 60;

    // Fixes and readings come by different ways.
    private const double FreshSeconds = 3;

    private readonly Lock _lock = new();
    private DateTimeOffset _from;
    private DateTimeOffset _last;
    private int _samples;
    private (double X, double Y, double Z) _sum;
    private double _squares;
    private AccelSample _first;
    private (double X, double Y, double Z) _mean;
    private double _shakes;
    private DateTimeOffset? _since;

    /// <summary>A block as it was read.</summary>
    public void Hear(AccelBlock block)
    {
        lock (_lock)
        {
            foreach (var sample in block.Samples) Hear(sample);
        }
    }

    /// <summary>How long it has stood still at a time, seconds; null while no reading of about then can be believed.</summary>
    /// <param name="time">In the time base of <see cref="AccelSample.Time"/>.</param>
    public double? SecondsAt(DateTimeOffset time)
    {
        lock (_lock)
        {
            if (_since is not { } since || Math.Abs((time - _last).TotalSeconds) > FreshSeconds) return null;
            return Math.Max(0, (_last - since).TotalSeconds);
        }
    }

    private void Hear(in AccelSample sample)
    {
        var between = (sample.Time - _last).TotalSeconds;
        if (!float.IsFinite(sample.X + sample.Y + sample.Z) || between is <= 0 or > BinSeconds)
        {
            _since = null;
            Begin(sample);
            return;
        }

        if ((sample.Time - _from).TotalSeconds >= BinSeconds)
        {
            Close();
            Begin(sample);
        }

        // Less the first of them: sums of squares keep their digits.
        var (x, y, z) = (sample.X - _first.X, sample.Y - _first.Y, sample.Z - _first.Z);
        _sum = (_sum.X + x, _sum.Y + y, _sum.Z + z);
        _squares += (double)x * x + (double)y * y + (double)z * z;
        _samples++;
        _last = sample.Time;
    }

    private void Begin(in AccelSample sample) => (_from, _last, _first, _samples, _sum, _squares) = (sample.Time, sample.Time, sample, 0, default, 0);

    private void Close()
    {
        // Too few say nothing, and one that shows the same to its last digit is stuck, or too coarse to show anything.
        if (_samples < LeastSamples || _squares == 0)
        {
            _since = null;
            return;
        }

        var (x, y, z) = (_sum.X / _samples, _sum.Y / _samples, _sum.Z / _samples);
        var shakes = Math.Sqrt(Math.Max(0, _squares / _samples - x * x - y * y - z * z));
        var mean = (X: _first.X + x, Y: _first.Y + y, Z: _first.Z + z);
        var (dx, dy, dz) = (mean.X - _mean.X, mean.Y - _mean.Y, mean.Z - _mean.Z);
        var moved = Math.Sqrt(dx * dx + dy * dy + dz * dz) > MeanMps2 + NoiseSigmas * shakes / Math.Sqrt(_samples);
        if (_since is null || moved || shakes > Stronger * _shakes + StrongerMps2 || shakes < Weaker * _shakes - StrongerMps2)
        {
            (_mean, _shakes, _since) = (mean, shakes, _last);
            return;
        }

        const double Share = BinSeconds / MemorySeconds;
        _mean = (_mean.X + Share * dx, _mean.Y + Share * dy, _mean.Z + Share * dz);
        _shakes += Share * (shakes - _shakes);
    }
}
