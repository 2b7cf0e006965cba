using System.Globalization;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>Appends a health record now and then. It has no place and no crew, and may leave off shift.</summary>
/// <param name="options">How often, and what to read.</param>
/// <param name="dataFolder">Whose disk is meant.</param>
/// <param name="outbox">Takes the record and gives the counts.</param>
/// <param name="clock">Its time.</param>
/// <param name="sources">Health of each source by name.</param>
/// <param name="ignition">Whether it is on; null for not known.</param>
public sealed class HealthReporter(
    HealthOptions options, string dataFolder, DiskOutbox outbox, DeviceClock clock, IReadOnlyDictionary<string, Func<SourceHealth>> sources, Func<bool?> ignition) : IDisposable
{
    // However a loose wire flickers.
    private static readonly TimeSpan LeastBetween = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim soon = new(0, 1);

    /// <summary>Something changed that the hub should know before the next record is due.</summary>
    public void ReportSoon()
    {
        try
        {
            soon.Release();
        }
        catch (SemaphoreFullException)
        {
            // Once is enough: the record says it all.
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var between = TimeSpan.FromMinutes(options.Minutes);
        var least = between < LeastBetween ? between : LeastBetween;
        while (true)
        {
            outbox.Append(new WireRecord { Seq = 0, Stamp = clock.StampNow(), Health = Current() }, RecordPriority.Bulk);
            await Task.Delay(least, stop).ConfigureAwait(false);
            await soon.WaitAsync(between - least, stop).ConfigureAwait(false);
        }
    }

    public void Dispose() => soon.Dispose();

    public VehicleHealth Current()
    {
        var counts = outbox.Counts;
        return new VehicleHealth
        {
            Ignition = ignition(),
            CpuTemperatureC = CpuTemperatureC(),
            DiskFreeBytes = DiskFreeBytes(),
            Unsent = counts.Records,
            UnsentActions = counts.Actions,
            Sources = sources.ToDictionary(s => s.Key, s => s.Value().ToString()),
        };
    }

    private double? CpuTemperatureC()
    {
        try
        {
            return int.TryParse(File.ReadAllText(options.TemperatureFile), CultureInfo.InvariantCulture, out var thousandths) ? thousandths / 1000.0 : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private long? DiskFreeBytes()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(dataFolder)).AvailableFreeSpace;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
