using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary>
/// Joins the clock to the rooms that it must not know: fixes tell it the time, the outbox carries its repairs, and a file
/// keeps the last known time over a power cut.
/// </summary>
internal sealed class ClockKeeper : IDisposable
{
    private readonly ClockOptions options;
    private readonly DeviceClock clock;
    private readonly DiskOutbox outbox;
    private readonly ILogger log;
    private readonly ClockFile file;
    private readonly SemaphoreSlim repaired = new(0, 1);
    private long savedAtMs;

    public ClockKeeper(ClockOptions options, string path, DeviceClock clock, DiskOutbox outbox, ILogger log)
    {
        this.options = options;
        this.clock = clock;
        this.outbox = outbox;
        this.log = log;
        file = new ClockFile(path);
        if (file.Read() is { } note)
        {
            clock.HasPassed(DateTimeOffset.FromUnixTimeMilliseconds(note.LastMs));
            if (note.Boot == clock.Boot) clock.Restore(new KnownTime(note.OffsetMs, note.UncertaintyMs, note.Source, note.FoundAtMs));
        }

        clock.Repaired += Wake;
        clock.LookAtNetwork();
    }

    public void Heard(Fix fix)
    {
        if (fix.TellsTime) clock.Heard(fix.FixTime, fix.PulseMonotonicMs ?? fix.MonotonicMs, fix.PulseMonotonicMs is not null);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        if (clock.Source == ClockSource.Unset) log.TimeNotKnown(clock.Now, clock.VerifyAt);
        while (true)
        {
            await repaired.WaitAsync(TimeSpan.FromSeconds(options.LookSeconds), stop).ConfigureAwait(false);
            clock.LookAtNetwork();
            if (clock.Unreported is { } repair) await ReportAsync(repair, stop).ConfigureAwait(false);
            else if (clock.IsKnown && clock.MonotonicMs - savedAtMs > options.SaveHours * 3_600_000) Save();
        }
    }

    public void Dispose()
    {
        clock.Repaired -= Wake;
        repaired.Dispose();
    }

    private async Task ReportAsync(KnownTime repair, CancellationToken stop)
    {
        log.TimeKnown(repair.Source.ToString(), repair.UncertaintyMs, clock.Now);
        var record = new WireRecord
        {
            Seq = 0,
            Stamp = clock.StampNow() with { MonotonicMs = repair.FoundAtMs, DeviceTime = repair.At(repair.FoundAtMs) },
            Clock = new ClockRepair(clock.Boot, repair.OffsetMs, repair.UncertaintyMs, repair.Source),
        };
        try
        {
            await outbox.AppendDurableAsync(record, RecordPriority.Fault, stop).ConfigureAwait(false);
        }
        catch (OutboxException)
        {
            // The outbox keeps it in memory and tries again; a crash before costs one more repair of the same content.
        }

        clock.Report(repair);
        Save();
    }

    /// <summary>Writes the known time down; the repair comes first, so that no crash can leave it unsaid.</summary>
    private void Save()
    {
        if (clock.Reported is not { } said) return;
        try
        {
            file.Write(new ClockNote(clock.Now.ToUnixTimeMilliseconds(), clock.Boot, said.OffsetMs, said.UncertaintyMs, said.Source, said.FoundAtMs));
            savedAtMs = clock.MonotonicMs;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.CannotSave(e.Message);
        }
    }

    private void Wake()
    {
        try
        {
            repaired.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }
}
