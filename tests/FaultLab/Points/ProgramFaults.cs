using System.Globalization;
using ThreeOneOne.Field.FaultLab.Checks;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Shim;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>Faults of a vehicle's computer: killed at a step, without power, with a full disk, with another clock.</summary>
internal sealed class ProgramFaults(LabVehicle vehicle, CrewWork crew, HubApi api, Random random)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly ShimAction[] Kills = [ShimAction.KillBefore, ShimAction.KillWithin, ShimAction.KillAfter];

    // Where a Pi's clock may be after a night without a battery, or after a bad fix.
    private static readonly TimeSpan[] Clocks =
    [
        TimeSpan.Zero, TimeSpan.FromHours(-5), TimeSpan.FromDays(-30), TimeSpan.FromDays(365.25 * 20), TimeSpan.FromDays(-365.25 * 56), TimeSpan.FromMinutes(40),
    ];

    /// <returns>What happened; null when nothing was struck.</returns>
    public async Task<Strike?> RunAsync(FaultKind kind, CancellationToken stop)
    {
        int[] records = [LabVehicle.Segment, LabVehicle.Outbox];
        switch (kind)
        {
            case FaultKind.KillAppend: return await KillAtAsync([ShimOp.Write], records, 4, Step.Append).ConfigureAwait(false);
            case FaultKind.KillFsync: return await KillAtAsync([ShimOp.Sync], records, 4, Step.Fsync).ConfigureAwait(false);
            case FaultKind.KillDelete: return await KillAtAsync([ShimOp.Unlink], records, 1, Step.Delete).ConfigureAwait(false);
            case FaultKind.KillNote:
                return await KillAtAsync([ShimOp.Write, ShimOp.Rename, ShimOp.Sync], [LabVehicle.Acknowledged], 3, Step.Acknowledge).ConfigureAwait(false);
            case FaultKind.KillState:
                return await KillAtAsync([ShimOp.Write, ShimOp.Rename, ShimOp.Sync, ShimOp.Create, ShimOp.FolderSync], [LabVehicle.State], 6).ConfigureAwait(false);
            case FaultKind.KillAnyTime:
                // While a press waits for its answer, or soon after.
                var pressing = crew.WorkAsync();
                await Task.Delay(random.Next(120), stop).ConfigureAwait(false);
                var underWay = crew.HasUnacknowledged;
                await vehicle.Program.KillAsync().ConfigureAwait(false);
                await pressing.ConfigureAwait(false);
                return await AgainAsync("", underWay).ConfigureAwait(false);
            case FaultKind.DiskFull: return await FillDiskAsync().ConfigureAwait(false);
            case FaultKind.DiskFullAtShift: return await FillDiskAtShiftAsync(stop).ConfigureAwait(false);
            default: return await JumpAsync().ConfigureAwait(false);
        }
    }

    private async Task<Strike?> KillAtAsync(ShimOp[] ops, int[] classes, int most, params Step[] steps)
    {
        var action = Kills[random.Next(Kills.Length)];
        if (action == ShimAction.KillWithin && !ops.Contains(ShimOp.Write)) action = ShimAction.KillBefore;
        var nth = random.Next(1, most + 1);
        var before = vehicle.Program.Control.Fired;
        vehicle.Program.Control.Arm(action, nth, random.NextDouble(), ops, classes);
        // On a line that is a little long, what comes with an acknowledgement strikes a crew that is at its next press already.
        var hurry = !steps.Contains(Step.Append) && !steps.Contains(Step.Fsync);
        if (hurry) vehicle.Line.Slow(0, LabVehicle.LongLine);
        await crew.WorkUntilAsync(() => !vehicle.Program.Runs, TimeSpan.FromSeconds(8), hurry).ConfigureAwait(false);
        vehicle.Program.Control.Disarm();
        if (vehicle.Program.Control.Fired == before) return null;
        // A record that is being written or flushed is not acknowledged yet.
        var underWay = !hurry || crew.HasUnacknowledged;
        return await AgainAsync($"{action} {vehicle.Program.Control.Last.Op}", underWay, steps).ConfigureAwait(false);
    }

    private async Task<Strike> AgainAsync(string how, bool underWay, params Step[] steps)
    {
        await vehicle.Program.GoneAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        var cut = vehicle.Program.CutPower(random, (PowerCutMode)random.Next(4));
        vehicle.Start();
        await vehicle.UpAsync().ConfigureAwait(false);
        return new Strike($"{how} {cut}", underWay, steps);
    }

    private async Task<Strike?> FillDiskAsync()
    {
        var before = vehicle.Program.Control.Fired;
        vehicle.Program.Control.Arm(ShimAction.NoSpace, 1, 0, [ShimOp.Write, ShimOp.Create, ShimOp.Sync], Enumerable.Range(0, ShimControl.OtherClass + 1));
        var end = Environment.TickCount64 + random.Next(300, 1_200);
        await crew.WorkUntilAsync(() => Environment.TickCount64 >= end, TimeSpan.FromSeconds(3)).ConfigureAwait(false);
        vehicle.Program.Control.Disarm();
        var refused = vehicle.Program.Control.Fired - before;
        if (refused == 0) return null;

        // With room again the crew's next press must be saved.
        await crew.WorkAsync().ConfigureAwait(false);
        await crew.WorkUntilAsync(() => crew.Last is { Said: Said.Saved }, Patience).ConfigureAwait(false);
        if (crew.Last is not { Said: Said.Saved }) throw new InvalidDataException($"{vehicle.Id} saves nothing after the disk had room again");
        return new Strike(string.Create(CultureInfo.InvariantCulture, $"{refused} writes refused"), UnderWay: true);
    }

    private async Task<Strike?> FillDiskAtShiftAsync(CancellationToken stop)
    {
        await crew.SaveAsync(1).ConfigureAwait(false);
        var before = vehicle.Program.Control.Fired;
        vehicle.Program.Control.Arm(ShimAction.NoSpace, 1, 0, [ShimOp.Write, ShimOp.Create, ShimOp.Sync], Enumerable.Range(0, ShimControl.OtherClass + 1));
        var reply = await vehicle.Screen.ShiftAsync("off", vehicle.Crew).ConfigureAwait(false);
        var refused = vehicle.Program.Control.Fired - before;
        vehicle.Program.Control.Disarm();
        var detail = string.Create(CultureInfo.InvariantCulture, $"{refused} writes refused, the screen said {reply.Said}");
        if (reply.Said == Said.Saved && refused > 0)
        {
            // What is called saved outlives the power.
            await vehicle.Program.KillAsync().ConfigureAwait(false);
            vehicle.Program.CutPower(random, PowerCutMode.All);
            vehicle.Start();
            if (await vehicle.UpAsync().ConfigureAwait(false) is { Shift: not "off" }) throw new InvalidDataException($"{vehicle.Id} forgot the end of a shift that it had called saved");
        }

        // With room again the shift must end, and city hall must hear of it.
        for (var i = 0; i < 1_200 && reply.Said != Said.Saved; i++)
        {
            await Task.Delay(100, stop).ConfigureAwait(false);
            reply = await vehicle.Screen.ShiftAsync("off", vehicle.Crew).ConfigureAwait(false);
        }

        if (reply.Said != Said.Saved) throw new InvalidDataException($"{vehicle.Id} ends no shift after the disk had room again: {reply.Said}");
        if (!await Drain.ActionsAsync(vehicle, Patience).ConfigureAwait(false)) throw new InvalidDataException($"{vehicle.Id} does not drain");
        if (reply.Seq > 0 && !await LedgerCheck.HasAsync(vehicle, api, reply.Epoch!, reply.Seq, Patience, stop).ConfigureAwait(false))
            throw new InvalidDataException($"the hub does not have the end of a shift {reply.Epoch}/{reply.Seq}");
        return refused == 0 ? null : new Strike(detail, UnderWay: true);
    }

    private async Task<Strike?> JumpAsync()
    {
        var to = Clocks[random.Next(Clocks.Length)];
        if (to == vehicle.Program.Control.Clock) to = TimeSpan.FromDays(-3);
        vehicle.Program.Control.Clock = to;
        var end = Environment.TickCount64 + 400;
        await crew.WorkUntilAsync(() => Environment.TickCount64 >= end && crew.HasUnacknowledged, TimeSpan.FromSeconds(2), hurry: true).ConfigureAwait(false);
        var underWay = crew.HasUnacknowledged;
        var restart = random.Next(2) == 0;
        if (restart)
        {
            await vehicle.Program.KillAsync().ConfigureAwait(false);
            await AgainAsync("", underWay).ConfigureAwait(false);
        }

        return new Strike(string.Create(CultureInfo.InvariantCulture, $"clock {to.TotalDays:+0.0;-0.0;0} days{(restart ? ", restarted" : "")}"), underWay);
    }
}
