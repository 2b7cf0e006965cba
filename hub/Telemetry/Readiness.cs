using System.Diagnostics.CodeAnalysis;
using Dapper;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>
/// Whether the hub can do its work now: its database reads and writes, the broker is connected, and what vehicles sent is stored. However
/// many ask, one look a second is taken, and never two at once: whoever asks without signing in cannot fill the line of writes.
/// </summary>
public sealed class Readiness(TelemetryOptions options, Database database, DurableLane lane, TimeProvider time)
{
    public const string Store = "store", Broker = "broker", Ingest = "ingest";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<bool> look = Task.FromResult(false);
    private Task probe = Task.CompletedTask;
    private long looked;
    private bool hasLooked;

    /// <returns>What the hub waits for; nothing when it is ready.</returns>
    public async Task<IReadOnlyList<string>> WaitsForAsync()
    {
        var answers = await AnswersAsync().ConfigureAwait(false);
        var waits = new List<string>(3);
        if (!answers) waits.Add(Store);
        if (!lane.IsConnected) waits.Add(Broker);
        if (lane.Fails) waits.Add(Ingest);
        return waits;
    }

    private Task<bool> AnswersAsync()
    {
        lock (gate)
        {
            if (!look.IsCompleted || (hasLooked && time.GetElapsedTime(looked) < Fresh)) return look;
            (looked, hasLooked) = (time.GetTimestamp(), true);
            return look = LookAsync();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the database throws, it is not ready.")]
    private async Task<bool> LookAsync()
    {
        // One that still waits for its turn says enough.
        if (probe.IsCompleted) probe = Task.Run(ProbeAsync);
        try
        {
            await probe.WaitAsync(options.ReadyWithin, time).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task ProbeAsync()
    {
        await database.ReadAsync(c => c.ExecuteScalar<int>("SELECT 1"), CancellationToken.None).ConfigureAwait(false);
        await database.WriteAsync(_ => { }, WritePriority.Interactive, CancellationToken.None).ConfigureAwait(false);
    }
}
