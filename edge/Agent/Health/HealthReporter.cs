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
/// <param name="volts">Volts of the vehicle's battery; null for not known.</param>
/// <param name="road">Whether the road is assessed, seconds in which it was, and seconds in which it was not, by reason.</param>
/// <param name="receiverLag">How late the receiver is; null for not known.</param>
public sealed class HealthReporter(
    HealthOptions options, string dataFolder, DiskOutbox outbox, DeviceClock clock, IReadOnlyDictionary<string, Func<SourceHealth>> sources, Func<bool?> ignition, Func<double?> volts,
    Func<(string? State, long? Assessed, Dictionary<string, long>? Seconds)>? road = null, Func<ReceiverLag?>? receiverLag = null) : IDisposable
{
    // However a loose wire flickers.
    private static readonly TimeSpan LeastBetween = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim soon = new(0, 1);
    private readonly ComputerLook computer = new(options.Root, dataFolder);

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
            var health = Current();
            outbox.Append(new WireRecord { Seq = 0, Stamp = clock.StampNow(), Health = health }, RecordPriority.Bulk);
            await Task.Delay(least, stop).ConfigureAwait(false);
            await UntilDueAsync(between - least, ComputerLook.Alarms(health.Computer!), stop).ConfigureAwait(false);
        }
    }

    public void Dispose() => soon.Dispose();

    public VehicleHealth Current()
    {
        var counts = outbox.Counts;
        var sensed = road?.Invoke() ?? (null, null, null);
        return new VehicleHealth
        {
            Ignition = ignition(),
            CpuTemperatureC = computer.CpuTemperatureC,
            DiskFreeBytes = DiskFreeBytes(),
            Unsent = counts.Records,
            UnsentActions = counts.Actions,
            Computer = computer.Look(volts()),
            Road = sensed.State,
            RoadAssessed = sensed.Assessed,
            RoadNotAssessed = sensed.Seconds,
            ReceiverLag = receiverLag?.Invoke(),
            Sources = sources.ToDictionary(s => s.Key, s => s.Value().ToString()),
        };
    }

    // The time is over, somebody asked, or the computer is in another trouble than it was.
    private async Task UntilDueAsync(TimeSpan left, string alarms, CancellationToken stop)
    {
        var look = TimeSpan.FromSeconds(options.LookSeconds);
        while (left > TimeSpan.Zero)
        {
            var next = left < look ? left : look;
            if (await soon.WaitAsync(next, stop).ConfigureAwait(false) || ComputerLook.Alarms(computer.Look()) != alarms) return;
            left -= next;
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
