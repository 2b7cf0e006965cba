using System.Globalization;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.Rehearsal;

/// <summary>Runs two sets of rules side by side over what vehicles sent and crews found.</summary>
public sealed class RuleRehearsal(StoredObservations observations, TimeProvider time, TextWriter progress)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    /// <param name="now">Today's rules.</param>
    /// <param name="changed">The changed ones.</param>
    /// <param name="findings">What crews found, in order of time.</param>
    /// <param name="from">Received then or later.</param>
    /// <param name="to">Received then or before.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<RehearsedInput> RunAsync(
        Replay now, Replay changed, IReadOnlyList<(string Order, IReadOnlyList<SiteMark> Marks)> findings, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var (fromMs, toMs) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var left = new Queue<(string Order, IReadOnlyList<SiteMark> Marks)>(findings.Where(f => f.Marks[0].DeviceMs >= fromMs && f.Marks[0].DeviceMs <= toMs));
        var crews = left.Count;
        var vehicles = new HashSet<string>();
        var batch = new List<StoredRecord>(BatchSize);
        var (count, said) = (0L, time.GetTimestamp());
        await foreach (var record in observations.ReadAsync(from, to, cancel).ConfigureAwait(false))
        {
            while (left.TryPeek(out var finding) && finding.Marks[0].DeviceMs <= record.ReceivedTime.ToUnixTimeMilliseconds())
            {
                Flush();
                left.Dequeue();
                Both(r => r.Apply(finding.Order, finding.Marks));
            }

            // What arrived at one moment was folded together then, and what came after it was not.
            if (batch.Count == BatchSize || (batch.Count > 0 && batch[^1].ReceivedTime != record.ReceivedTime)) Flush();
            batch.Add(record);
            vehicles.Add(record.Vehicle);
            count++;
            if (time.GetElapsedTime(said) < Between) continue;
            said = time.GetTimestamp();
            await progress.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} observations, received until {record.ReceivedTime.UtcDateTime:yyyy-MM-dd HH:mm}; {(record.ReceivedTime - from) / (to - from):P0}")).ConfigureAwait(false);
        }

        Flush();
        foreach (var (order, marks) in left) Both(r => r.Apply(order, marks));
        return new RehearsedInput(count, vehicles.Count, crews, from, to);

        void Flush()
        {
            if (batch.Count == 0) return;
            Both(r => r.Apply(batch));
            batch.Clear();
        }

        // They know nothing of each other, so that two cores take half as long and come to the same.
        void Both(Action<Replay> step) => Parallel.Invoke(() => step(now), () => step(changed));
    }
}
