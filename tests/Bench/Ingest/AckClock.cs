using System.Diagnostics;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>When messages were acknowledged and how long that took, behind a warm-up.</summary>
internal sealed class AckClock
{
    private readonly List<(long At, float Ms, int Readings)> all = [];

    public AckClock(IEnumerable<Session> sessions)
    {
        foreach (var session in sessions)
        {
            session.OnAcked = (index, took) =>
                all.Add((Stopwatch.GetTimestamp(), (float)(took * 1000.0 / Stopwatch.Frequency), session.Book.Readings(index)));
        }
    }

    /// <summary>Messages and readings a second between two points of time.</summary>
    public (double Messages, double Readings) Rates(long from, long to)
    {
        var within = all.Where(a => a.At >= from && a.At < to).ToList();
        var seconds = Math.Max(1e-9, (to - from) / (double)Stopwatch.Frequency);
        return (within.Count / seconds, within.Sum(a => (long)a.Readings) / seconds);
    }

    /// <summary>Milliseconds that a share of the acknowledgements took at most.</summary>
    public double Percentile(double share, long from, long to)
    {
        var sorted = all.Where(a => a.At >= from && a.At < to).Select(a => a.Ms).Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>Messages a second while the middle eight tenths of <paramref name="n"/> messages came in.</summary>
    public double DrainRate(int n)
    {
        var (first, last) = (n / 10, n * 9 / 10);
        return all.Count < n ? double.NaN : (last - first) / Stopwatch.GetElapsedTime(all[first].At, all[last].At).TotalSeconds;
    }
}
