using System.Text.Json;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>
/// Judges whether the vehicle is well after a change that took a restart: connected and acknowledged by the hub, the outbox
/// commits, what gave readings before gives them still, and nothing that is configured is missing. Kept in a file, so that a
/// change which ends the program, or the power, is judged too: starts that did not end cleanly are counted, and limited.
/// </summary>
public sealed class Trial
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly TimeProvider time;
    private readonly long started;
    private readonly TrialRecord record;
    private long? wellSince;

    private Trial(string path, TrialRecord record, TimeProvider time)
    {
        this.path = path;
        this.record = record;
        this.time = time;
        started = time.GetTimestamp();
    }

    /// <summary>What is tried.</summary>
    public string Change => record.Change;

    /// <summary>Starts that have not ended cleanly, this one among them.</summary>
    public int Starts => record.Starts;

    /// <summary>Notes a trial, durably; to be called before the change is made, so that no change goes without one.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="change">What is tried, such as <c>profile 12</c>.</param>
    /// <param name="workedBefore">Sources that must work: <see cref="TrialSigns.Working"/>, without those that the change takes away.</param>
    /// <param name="options">The limits, as they are before the change.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void Begin(string path, string change, IEnumerable<string> workedBefore, TrialOptions options) =>
        Write(path, new TrialRecord
        {
            Change = change,
            WorkedBefore = [.. workedBefore],
            Minutes = options.Minutes,
            SettleSeconds = options.SettleSeconds,
            PatienceMinutes = options.PatienceMinutes,
            MostStarts = options.Starts,
        });

    /// <summary>Goes on with the trial after a start of the program, and counts the start before anything else can fail.</summary>
    /// <returns>Null when nothing is on trial. One whose file is damaged is unhealthy.</returns>
    /// <exception cref="IOException">The disk did not take the count.</exception>
    public static Trial? Resume(string path, TimeProvider time)
    {
        if (!File.Exists(path)) return null;
        var record = Read(path);
        record = record with { Starts = record.Starts + 1 };
        Write(path, record);
        return new Trial(path, record, time);
    }

    /// <summary>Says how it stands. To be asked about once a second.</summary>
    public TrialVerdict Judge(TrialSigns now)
    {
        if (Spent is { } spent) return spent;
        var (faults, excuses) = Lacking(now);
        var at = time.GetTimestamp();
        if (faults.Count + excuses.Count == 0)
        {
            wellSince ??= at;
            return new TrialVerdict(time.GetElapsedTime(wellSince.Value, at).TotalSeconds >= record.SettleSeconds ? TrialState.Healthy : TrialState.Running);
        }

        wellSince = null;
        var reason = string.Join("; ", faults.Concat(excuses));
        var minutes = time.GetElapsedTime(started, at).TotalMinutes;
        return minutes < record.Minutes ? new TrialVerdict(TrialState.Running, reason)
            : faults.Count > 0 || minutes >= record.Minutes + record.PatienceMinutes ? new TrialVerdict(TrialState.Unhealthy, reason)
            : new TrialVerdict(TrialState.Undecided, reason);
    }

    /// <summary>Unhealthy when it was started too often, which is known before anything is opened; otherwise null.</summary>
    public TrialVerdict? Spent => record.Starts <= record.MostStarts ? null
        : new TrialVerdict(TrialState.Unhealthy, record.MostStarts == 0 ? "the record of the trial is damaged" : $"started {record.MostStarts} times and did not prove itself");

    /// <summary>Waits until the change is proven or has failed; one that is undecided goes on for the patience of the options.</summary>
    public async Task<TrialVerdict> RunAsync(Func<TrialSigns> look, CancellationToken stop)
    {
        while (true)
        {
            var verdict = Judge(look());
            if (verdict.State is TrialState.Healthy or TrialState.Unhealthy) return verdict;
            await Task.Delay(Beat, time, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The program ends as asked: this start says nothing against the change.</summary>
    /// <exception cref="IOException">The disk did not take it; the start counts.</exception>
    public void EndCleanly()
    {
        if (File.Exists(path)) Write(path, record with { Starts = record.Starts - 1 });
    }

    /// <summary>Ends the trial; to be called after its outcome is durable.</summary>
    public static void Close(string path)
    {
        // Where no trial ever was, not even its folder is there.
        if (!File.Exists(path)) return;
        File.Delete(path);
        DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    // Faults are the change's; excuses may be the surroundings'.
    private (List<string> Faults, List<string> Excuses) Lacking(TrialSigns now)
    {
        List<string> faults = [], excuses = [];
        if (!now.Connected) excuses.Add("the broker is not reached");
        else if (!now.Acknowledged) excuses.Add("the hub has acknowledged nothing");
        if (!now.Committed) faults.Add("the outbox has brought nothing to the disk");
        foreach (var name in record.WorkedBefore.Where(n => !now.Sources.ContainsKey(n))) faults.Add($"{name} worked before and is not there");
        foreach (var (name, health) in now.Sources.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (health.State == SourceState.Missing) faults.Add($"{name}: {health}");
            else if (health.State != SourceState.Ok && record.WorkedBefore.Contains(name)) (health.Talks ? excuses : faults).Add($"{name}: {health}");
        }

        return (faults, excuses);
    }

    private static TrialRecord Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(path), TrialJson.Default.TrialRecord) is { } record) return record;
        }
        catch (JsonException)
        {
            // Whatever it was must not stay unproven.
        }

        return new TrialRecord { Change = "unknown", WorkedBefore = [], Minutes = 0, SettleSeconds = 0, PatienceMinutes = 0, MostStarts = 0 };
    }

    private static void Write(string path, TrialRecord record) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(record, TrialJson.Default.TrialRecord));
}
