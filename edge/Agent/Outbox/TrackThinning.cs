using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// Fewer fixes for the same curve. A fix is left out when the straight line between its kept neighbours passes it, at its
/// own time, within <see cref="ErrorM"/> metres: Douglas and Peucker's splitting with the synchronous (time-interpolated)
/// distance, so that neither the street nor the moment is off by more (Meratnia and de By, 2004). Neighbouring blocks of one
/// duty become one track.
/// </summary>
internal static class TrackThinning
{
    /// <summary>Largest error, metres.</summary>
    public const double ErrorM = 5;

    // Below this the tombstone eats what was gained.
    private const double LeastGain = 0.3;

    // What the hub takes as one track, with some way to go.
    private static readonly TimeSpan LongestSpan = TimeSpan.FromMinutes(25);

    // A parked vehicle's blocks stay apart: no line is drawn over the time in between.
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(90);

    /// <summary>Thins tracks.</summary>
    /// <param name="tracks">Track records with their numbers, ascending.</param>
    /// <returns>What is worth replacing.</returns>
    public static List<ThinnedTrack> Of(IEnumerable<(long Seq, WireRecord Record)> tracks)
    {
        List<ThinnedTrack> thinned = [];
        List<(long Seq, WireRecord Record, IReadOnlyList<TrackFix> Fixes)> run = [];
        foreach (var (seq, record) in tracks)
        {
            var fixes = record.Track!.ToFixes();
            if (run.Count > 0 && !Continues(run[0].Record, run[0].Fixes[0], run[^1].Fixes[^1], record, fixes)) End();
            run.Add((seq, record, fixes));
        }

        End();
        return thinned;

        void End()
        {
            if (Thin(run) is { } track) thinned.Add(track);
            run.Clear();
        }
    }

    /// <summary>Leaves out what the curve does not need.</summary>
    /// <param name="fixes">Ascending in time.</param>
    /// <returns>What stays, with the first and the last, and the largest error in metres.</returns>
    public static (List<TrackFix> Kept, double ErrorM) Thin(IReadOnlyList<TrackFix> fixes)
    {
        if (fixes.Count <= 2) return ([.. fixes], 0);
        var keep = new bool[fixes.Count];
        keep[0] = keep[^1] = true;
        double largest = 0;
        var open = new Stack<(int From, int To)>([(0, fixes.Count - 1)]);
        while (open.TryPop(out var span))
        {
            var worst = 0.0;
            var at = -1;
            for (var i = span.From + 1; i < span.To; i++)
            {
                var error = ErrorAt(fixes, span.From, span.To, i);
                if (error <= worst) continue;
                worst = error;
                at = i;
            }

            if (worst <= ErrorM)
            {
                largest = Math.Max(largest, worst);
                continue;
            }

            keep[at] = true;
            open.Push((span.From, at));
            open.Push((at, span.To));
        }

        return ([.. fixes.Where((_, i) => keep[i])], largest);
    }

    private static ThinnedTrack? Thin(List<(long Seq, WireRecord Record, IReadOnlyList<TrackFix> Fixes)> run)
    {
        if (run.Count == 0) return null;
        var (kept, error) = Thin([.. run.SelectMany(r => r.Fixes)]);
        if (kept.Count > Track.MaxFixes) return null;
        var record = run[0].Record with
        {
            Seq = 0,
            Chain = null,
            Track = Track.FromFixes(kept) with { ThinnedM = Math.Max(0.1, Math.Ceiling(error * 10) / 10) },
        };
        var before = run.Sum(r => (double)Bytes(r.Record));
        return Bytes(record) <= before * (1 - LeastGain) ? new ThinnedTrack([.. run.Select(r => r.Seq)], record) : null;
    }

    private static bool Continues(WireRecord first, TrackFix start, TrackFix last, WireRecord next, IReadOnlyList<TrackFix> fixes) =>
        next.Duty == first.Duty
        && next.Stamp.Boot == first.Stamp.Boot
        && next.Stamp.Replay == first.Stamp.Replay
        && fixes[0].Time >= last.Time
        && fixes[0].Time - last.Time <= LongestGap
        && fixes[^1].Time - start.Time <= LongestSpan;

    private static double ErrorAt(IReadOnlyList<TrackFix> fixes, int from, int to, int i)
    {
        var a = fixes[from];
        var span = (fixes[to].Time - a.Time).TotalSeconds;
        var share = span > 0 ? (fixes[i].Time - a.Time).TotalSeconds / span : 0;
        var (east, north) = a.At.OffsetMTo(fixes[to].At);
        var (fixEast, fixNorth) = a.At.OffsetMTo(fixes[i].At);
        return Math.Sqrt(Math.Pow(fixEast - (east * share), 2) + Math.Pow(fixNorth - (north * share), 2));
    }

    private static int Bytes(WireRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Default.WireRecord).Length;
}
