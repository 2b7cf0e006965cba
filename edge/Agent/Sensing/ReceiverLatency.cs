using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Learns while driving how late the receiver is: braking and accelerating are felt at once and show in its speed when its filter lets
/// them through. Of many supposed lags, the one at which the accelerometer explains the changes of speed best.
/// </summary>
internal sealed class ReceiverLatency
{
    // A sensor's clock set by late sentences lags as well: both delays add up.
    private const double LeastSeconds = -0.4;
    private const double MostSeconds = 2.6;
    private const double StepSeconds = 0.05;

    // Changes over about a second: shorter ones drown in the noise of the speed, longer ones blur the moment.
    private const double SpanSeconds = 0.9;
    private const double LongestSpanSeconds = 2.5;

    // What is no change of speed says nothing about when it was.
    private const double LeastChangeMps = 0.4;
    private const double Forget = 1 - 1 / 400.0;
    private const int FitEvery = 4;
    private const double LeastWeight = 12;
    private const double LeastExplained = 0.4;

    // A push of 1 m/s² changes the speed by 1 m/s each second; what explains it otherwise is a coincidence.
    private const double LeastGain = 0.6;
    private const double MostGain = 1.4;
    private const double MostSigmaSeconds = 0.1;
    private const double KeptSeconds = 10;
    private const double LongestGapSeconds = 0.25;
    private const double LeastSampleSeconds = 0.018;

    private static readonly int Lags = (int)Math.Round((MostSeconds - LeastSeconds) / StepSeconds) + 1;

    private readonly LagFit[] _fits = [.. Enumerable.Range(0, Lags).Select(_ => new LagFit())];
    private readonly double[] _left = new double[Lags];
    private readonly List<Felt> _felt = [];
    private readonly Queue<(Fix From, Fix To)> _spans = [];
    private Fix? _from;
    private Felt _sum;
    private AccelSample? _first;
    private AccelSample? _last;
    private double _weight;
    private int _sinceFit;
    private int _learned;

    /// <summary>Null until enough braking and accelerating was felt, and while one lag explains no better than another.</summary>
    public LagEstimate? Estimate { get; private set; }

    public void Take(Fix fix)
    {
        var gap = _from is { } from ? (fix.FixTime - from.FixTime).TotalSeconds : 0;
        if (gap is > 0 and < SpanSeconds) return;
        if (gap is >= SpanSeconds and < LongestSpanSeconds && Math.Abs(fix.SpeedMps - _from!.SpeedMps) >= LeastChangeMps) _spans.Enqueue((_from, fix));
        if (gap < 0) _spans.Clear();
        _from = fix;
    }

    /// <summary>Samples in order of time. True when <see cref="Estimate"/> was worked out anew.</summary>
    public bool Hear(in AccelSample sample)
    {
        var first = _first ??= sample;
        var seconds = (sample.Time - first.Time).TotalSeconds;
        if (_last is { } last)
        {
            var dt = (sample.Time - last.Time).TotalSeconds;
            if (dt <= 0 && dt > -LongestGapSeconds) return false;
            if (dt is <= 0 or > LongestGapSeconds)
            {
                Break(sample);
                return false;
            }

            // Less the first sample, which is mostly gravity: sums of hours keep their digits.
            _sum = new Felt(seconds, _sum.X + dt * (sample.X - first.X), _sum.Y + dt * (sample.Y - first.Y), _sum.Z + dt * (sample.Z - first.Z));
        }

        if (!float.IsFinite(sample.X + sample.Y + sample.Z))
        {
            Break(null);
            return false;
        }

        _last = sample;
        if (_felt.Count > 0 && seconds - _felt[^1].Seconds < LeastSampleSeconds) return false;
        _felt.Add(_sum with { Seconds = seconds });
        if (_felt.Count > 1_000 || seconds - _felt[0].Seconds > 2 * KeptSeconds) _felt.RemoveRange(0, _felt.FindIndex(f => seconds - f.Seconds <= KeptSeconds));
        var fitted = false;
        while (_spans.TryPeek(out var span) && Seconds(span.To) - LeastSeconds <= seconds)
        {
            _spans.Dequeue();
            fitted |= Learn(span.From, span.To);
        }

        return fitted;
    }

    private double Seconds(Fix fix) => (fix.FixTime - _first!.Value.Time).TotalSeconds;

    private void Break(AccelSample? anew)
    {
        _felt.Clear();
        _first = _last = anew;
        _sum = default;
    }

    private bool Learn(Fix from, Fix to)
    {
        var (begin, end) = (Seconds(from), Seconds(to));
        if (_felt.Count == 0 || _felt[0].Seconds > begin - MostSeconds) return false;
        _weight = _weight * Forget + 1;
        _learned++;
        Span<double> felt = stackalloc double[4];
        felt[3] = end - begin;
        for (var i = 0; i < Lags; i++)
        {
            var lag = LeastSeconds + i * StepSeconds;
            var (a, b) = (At(begin - lag), At(end - lag));
            (felt[0], felt[1], felt[2]) = (b.X - a.X, b.Y - a.Y, b.Z - a.Z);
            _fits[i].Add(felt, to.SpeedMps - from.SpeedMps, Forget);
        }

        if (++_sinceFit < FitEvery || _weight < LeastWeight) return false;
        _sinceFit = 0;
        Fit();
        return true;
    }

    private void Fit()
    {
        var best = 0;
        var (whole, gain) = (0.0, 0.0);
        for (var i = 0; i < Lags; i++)
        {
            (_left[i], whole, var by) = _fits[i].Solve();
            if (_left[i] < _left[best] || i == 0) (best, gain) = (i, by);
        }

        Estimate = null;
        if (gain is < LeastGain or > MostGain || best == 0 || best == Lags - 1 || _left[best] > (1 - LeastExplained) * whole) return;
        // A parabola through the best and its neighbours: how deep it is against what is left says how sure.
        var (before, least, after) = (_left[best - 1], _left[best], _left[best + 1]);
        var bend = before - 2 * least + after;
        if (bend <= 0) return;
        var sigma = StepSeconds * Math.Sqrt(2 * least / (_weight - 4) / bend);
        if (sigma > MostSigmaSeconds) return;
        Estimate = new LagEstimate(LeastSeconds + (best + (before - after) / (2 * bend)) * StepSeconds, sigma) { Brakings = _learned };
    }

    private Felt At(double seconds)
    {
        var low = 0;
        var high = _felt.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_felt[middle].Seconds < seconds) low = middle + 1;
            else high = middle;
        }

        var b = _felt[low];
        if (low == 0) return b;
        var a = _felt[low - 1];
        var share = Math.Clamp((seconds - a.Seconds) / (b.Seconds - a.Seconds), 0, 1);
        return new Felt(seconds, a.X + share * (b.X - a.X), a.Y + share * (b.Y - a.Y), a.Z + share * (b.Z - a.Z));
    }

    // What the axes have felt so far, m/s, since the first sample.
    private readonly record struct Felt(double Seconds, double X, double Y, double Z);
}
