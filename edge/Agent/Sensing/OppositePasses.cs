using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Learns how late the receiver's place is from shocks that were felt on opposite courses: a thing is put too far back by who drives out and too
/// far ahead by who comes back. Which of them were the same thing is not known; those that were agree on one lag, and all others on none.
/// Places stay in memory, and few of them.
/// </summary>
internal sealed class OppositePasses
{
    private const double LeastSeconds = -0.4;
    private const double MostSeconds = 2.6;
    private const double StepSeconds = 0.025;

    private const int MostShocks = 1000;
    private const int MostTerms = 64;

    // A thing that is driven over each day is one thing: it does not outvote the others.
    private const int MostUses = 2;

    // More than so many near each other: a rough road, where any shock fits any other.
    private const int MostCandidates = 6;
    private const double LeastMps = 3;
    private const double MostTurnDeg = 30;
    private const double MostAsideM = 15;
    private const double SameM = 15;
    private const double MostHdop = 2.5;

    // Two places by a receiver whose error wanders, so that those of one pass err alike.
    private const double PairM = 4.2;

    // How many of the shocks that found one found the same thing: none, in streets where nothing lies across both lanes, or nearly all.
    private static readonly double[] RightShares = [0, 0.15, 0.4, 0.7];

    // Most receivers' places are as old as their speeds; a body leans before its sensor is pushed.
    private const double AlikeShare = 0.8;
    private const double AlikeSeconds = 0.06;
    private const double KeptShare = 0.98;
    private const double KeptSeconds = 0.1;
    private const double OtherSeconds = 0.15;

    // Braking that tells so much else than before: another clock, or another receiver. What was found before is worth little now.
    private const double JumpSeconds = 0.3;
    private const double JumpedShare = 0.2;
    private const double NearSeconds = 0.2;
    private const double SureShare = 0.9;
    private const double MostSigmaSeconds = 0.1;

    private static readonly int Lags = (int)Math.Round((MostSeconds - LeastSeconds) / StepSeconds) + 1;

    private readonly Queue<Passed> _shocks = [];
    private readonly Queue<(double[] Logs, LagEstimate? Braking)> _terms = [];
    private readonly List<Passed> _candidates = [];
    private LagEstimate? _kept;

    /// <summary>Shocks that found one on the opposite course, of those that count.</summary>
    public int Pairs => _terms.Count;

    /// <summary>Shocks whose places are remembered.</summary>
    public int Remembered => _shocks.Count;

    /// <summary>What was learned before this start; it counts where braking alone would tell something else.</summary>
    public void Begin(LagEstimate kept) =>
        _kept = kept.Pairs > 0 && (kept.OfSpeedSeconds is not { } speed || Math.Abs(kept.Seconds - speed) > OtherSeconds) ? kept : null;

    /// <summary>The time base has changed: what comes is not compared with what was.</summary>
    public void Forget() => _shocks.Clear();

    /// <summary>A shock was felt here; true when something on the opposite course may have been the same.</summary>
    /// <param name="place">Where it was put.</param>
    /// <param name="braking">How late the speed is; null: not known.</param>
    public bool Take(in Place place, LagEstimate? braking)
    {
        if (place.CourseDeg is not { } course || place.SpeedMps < LeastMps || place.Hdop is null or > MostHdop) return false;
        var (sin, cos) = Math.SinCos(course * Math.PI / 180);
        var now = new Passed(place.At, course, place.SpeedMps, place.LagSeconds, braking);
        foreach (var before in _shocks)
        {
            if (HasJumped(before.Braking, braking)) continue;
            if (IsSame(before, now)) now.Uses = Math.Max(now.Uses, before.Uses);
            else if (before.Uses < MostUses && Fits(before, now, sin, cos)) _candidates.Add(before);
        }

        if (_shocks.Count == MostShocks) _shocks.Dequeue();
        _shocks.Enqueue(now);
        var found = now.Uses < MostUses && _candidates.Count is > 0 and <= MostCandidates;
        if (found) Add(now, sin, cos);
        _candidates.Clear();
        return found;
    }

    /// <summary>How late the place is, by all that is known; null: nothing tells it well enough.</summary>
    /// <param name="braking">How late the speed is; null: not known.</param>
    public LagEstimate? Combine(LagEstimate? braking)
    {
        Span<double> chances = stackalloc double[Lags];
        Weigh(chances, braking);
        var best = 0;
        for (var i = 0; i < Lags; i++)
        {
            var lag = LeastSeconds + i * StepSeconds;
            var log = chances[i];
            if (braking is { } b) log += Math.Log(Mixed(lag - b.Seconds, Spread(b.SigmaSeconds, AlikeSeconds), AlikeShare));
            if (_kept is { } k)
            {
                // How much older the place is than the speed is the receiver's own; how late its sentences come may be another line's today.
                var moved = braking is { } today && k.OfSpeedSeconds is { } then ? today.Seconds - then : 0;
                log += Math.Log(Mixed(lag - k.Seconds - moved, Spread(k.SigmaSeconds, KeptSeconds), Math.Abs(moved) > JumpSeconds ? JumpedShare : KeptShare));
            }

            chances[i] = log;
            if (log > chances[best]) best = i;
        }

        // About the likeliest alone: between two that contradict each other lies what neither says.
        var (all, near, mean, square) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < Lags; i++)
        {
            var (lag, chance) = (LeastSeconds + i * StepSeconds, Math.Exp(chances[i] - chances[best]));
            all += chance;
            if (Math.Abs(i - best) * StepSeconds > NearSeconds) continue;
            (near, mean, square) = (near + chance, mean + chance * lag, square + chance * lag * lag);
        }

        mean /= near;
        var sigma = Math.Sqrt(Math.Max(0, square / near - mean * mean));
        if (braking is null && (near < SureShare * all || sigma > MostSigmaSeconds)) return null;
        return new LagEstimate(mean, sigma)
        {
            OfSpeedSeconds = braking?.Seconds,
            Brakings = braking?.Brakings ?? 0,
            Pairs = Math.Min(MostTerms, Pairs + (_kept?.Pairs ?? 0)),
        };
    }

    // Of each lag, by the pairs alone: the logarithm of its chance, whatever the share of right ones is.
    private void Weigh(Span<double> chances, LagEstimate? braking)
    {
        Span<double> sums = stackalloc double[Lags * RightShares.Length];
        sums.Clear();
        foreach (var (logs, then) in _terms)
        {
            var counts = HasJumped(then, braking) ? JumpedShare : 1;
            for (var i = 0; i < sums.Length; i++) sums[i] += counts * logs[i];
        }

        for (var i = 0; i < Lags; i++)
        {
            var most = double.MinValue;
            for (var s = 0; s < RightShares.Length; s++) most = Math.Max(most, sums[s * Lags + i]);
            var sum = 0.0;
            for (var s = 0; s < RightShares.Length; s++) sum += Math.Exp(sums[s * Lags + i] - most);
            chances[i] = most + Math.Log(sum / RightShares.Length);
        }
    }

    // Felt before on the same course.
    private static bool IsSame(Passed before, Passed now)
    {
        if (Math.Abs(Math.IEEERemainder(before.CourseDeg - now.CourseDeg, 360)) > MostTurnDeg) return false;
        var (east, north) = before.At.OffsetMTo(now.At);
        return east * east + north * north <= SameM * SameM;
    }

    private static bool Fits(Passed before, Passed now, double sin, double cos)
    {
        if (Math.Abs(Math.IEEERemainder(before.CourseDeg - now.CourseDeg - 180, 360)) > MostTurnDeg) return false;
        var (east, north) = before.At.OffsetMTo(now.At);
        if (Math.Abs(east * cos - north * sin) > MostAsideM) return false;
        return Lag(before, now, sin, cos) is >= LeastSeconds and <= MostSeconds;
    }

    // At this lag both were put in one place.
    private static double Lag(Passed before, Passed now, double sin, double cos)
    {
        var (east, north) = before.At.OffsetMTo(now.At);
        return (now.SpeedMps * now.LagSeconds + before.SpeedMps * before.LagSeconds - (east * sin + north * cos)) / (now.SpeedMps + before.SpeedMps);
    }

    // At most one of the candidates was the same thing.
    private void Add(Passed now, double sin, double cos)
    {
        Span<double> bells = stackalloc double[Lags];
        bells.Clear();
        now.Uses++;
        foreach (var before in _candidates)
        {
            before.Uses++;
            var (lag, sigma) = (Lag(before, now, sin, cos), PairM / (now.SpeedMps + before.SpeedMps));
            for (var i = 0; i < Lags; i++) bells[i] += Bell(LeastSeconds + i * StepSeconds - lag, sigma) / _candidates.Count;
        }

        var logs = new double[Lags * RightShares.Length];
        for (var s = 0; s < RightShares.Length; s++)
        {
            for (var i = 0; i < Lags; i++) logs[s * Lags + i] = Math.Log(RightShares[s] * bells[i] + (1 - RightShares[s]) / (MostSeconds - LeastSeconds));
        }

        if (_terms.Count == MostTerms) _terms.Dequeue();
        _terms.Enqueue((logs, now.Braking));
    }

    private static bool HasJumped(LagEstimate? before, LagEstimate? now) => before is { } a && now is { } b && Math.Abs(a.Seconds - b.Seconds) > JumpSeconds;

    private static double Spread(double a, double b) => Math.Sqrt(a * a + b * b);

    // A share of a bell about zero, and the rest anywhere.
    private static double Mixed(double off, double sigma, double share) => share * Bell(off, sigma) + (1 - share) / (MostSeconds - LeastSeconds);

    private static double Bell(double off, double sigma)
    {
        var z = off / sigma;
        return Math.Exp(-z * z / 2) / (sigma * Math.Sqrt(Math.Tau));
    }

    private sealed record Passed(GeoPoint At, double CourseDeg, double SpeedMps, double LagSeconds, LagEstimate? Braking)
    {
        public int Uses { get; set; }
    }
}
