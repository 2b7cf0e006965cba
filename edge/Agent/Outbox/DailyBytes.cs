using System.Globalization;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Bytes that were appended on each of the last days, by the records' own clock: how fast the disk fills.</summary>
internal sealed class DailyBytes(IReadOnlyDictionary<string, long>? before)
{
    /// <summary>Counted on while no whole day was measured: a shift of tracks and observations, generously.</summary>
    public const long AssumedPerDay = 8_000_000;

    private const int Most = 8;

    private readonly SortedDictionary<string, long> days = new(before?.ToDictionary() ?? [], StringComparer.Ordinal);

    /// <summary>By day, such as 2026-11-22.</summary>
    public IReadOnlyDictionary<string, long> Days => days;

    /// <summary>Mean of the whole days, and never less than the newest one has already brought.</summary>
    public static long PerDay(IReadOnlyDictionary<string, long>? days)
    {
        if (days is null || days.Count < 2) return Math.Max(AssumedPerDay, days?.Values.FirstOrDefault() ?? 0);
        var ordered = days.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value).ToList();
        return Math.Max(1, Math.Max((long)ordered[..^1].Average(), ordered[^1]));
    }

    public void Add(DateTimeOffset at, int bytes)
    {
        var day = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        days[day] = days.GetValueOrDefault(day) + bytes;
        if (days.Count > Most) days.Remove(days.Keys.First());
    }
}
