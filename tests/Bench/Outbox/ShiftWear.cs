using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.Tracks;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>
/// Part of a shift at full speed, through the agent's own collector. In real time ext4 commits its journal five seconds after
/// the first change since the last commit; here it is made to after as many seconds of the shift.
/// </summary>
internal static class ShiftWear
{
    private const int ShiftMinutes = 8 * 60;
    private const int ShiftActions = 60;

    // ext4's own interval: mount option commit.
    private const int CommitSeconds = 5;

    /// <returns>Megabytes (10⁶) that reach the device in eight hours.</returns>
    public static async Task<double> RunAsync(IReadOnlyList<TrackFix> drive, string folder, WornDisk device, int minutes, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var time = new ShiftTime(drive[0].Time);
        var clock = new DeviceClock(time, ClockSource.Gps, "0a1b2c3d");
        var gate = new ShiftGate(VehicleKind.Crewed);
        await using var outbox = DiskOutbox.Open(Path.Combine(folder, "outbox"), new OutboxOptions { GroupSeconds = 10 }, NullLogger.Instance, BenchKey.Of(Path.Combine(folder, "outbox")));
        using var desk = new ShiftDesk(gate, new StateFile(Path.Combine(folder, "shift.json"), BenchKey.Of(Path.Combine(folder, "outbox"))), outbox, clock);
        await desk.ChangeAsync(ShiftState.On, "streets-3", null, stop);
        var options = new TracksOptions();
        var collector = new TrackCollector(options, gate, outbox, clock);
        var before = device.Written();
        var actions = 0;
        int? changed = null;
        for (var second = 0; second < minutes * 60; second++)
        {
            var fix = drive[second % drive.Count];
            collector.Add(new Fix
            {
                FixTime = drive[0].Time.AddSeconds(second),
                DeviceTime = clock.Now,
                MonotonicMs = clock.MonotonicMs,
                At = fix.At,
                SpeedMps = fix.SpeedMps,
                CourseDeg = fix.CourseDeg,
                Hdop = fix.Hdop,
            });
            time.Pass(TimeSpan.FromSeconds(1));
            await collector.TendAsync(stop);
            // The collector saves every four seconds.
            if (second % 4 == 3) changed ??= second;
            if (second - changed >= CommitSeconds)
            {
                device.Commit();
                changed = null;
            }

            if (second * ShiftActions / (ShiftMinutes * 60) < actions) continue;
            actions++;
            await outbox.AppendDurableAsync(Action(actions, clock), RecordPriority.Action, stop);
        }

        await outbox.FlushAsync(stop);
        return (device.Written() - before) / 1e6 * ShiftMinutes / minutes;
    }

    private static WireRecord Action(int n, DeviceClock clock) => new()
    {
        Seq = 0,
        Stamp = clock.StampNow(),
        Duty = new Duty("5f0c2a91d3b4e677", "streets-3", "m-17"),
        Action = new CrewAction { Id = $"6a0f6c0e-1f0c-4b52-9f7e-3b1f4f3f{n:x4}", Kind = CrewActionKind.Complete, Order = "wo-8812", Note = "Cold patch, two bags." },
    };

    private sealed class ShiftTime(DateTimeOffset start) : TimeProvider
    {
        private TimeSpan passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => passed.Ticks;

        public override DateTimeOffset GetUtcNow() => start + passed;

        public void Pass(TimeSpan by) => passed += by;
    }
}
