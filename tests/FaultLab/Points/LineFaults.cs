using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Support.Proxy;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>Faults of a vehicle's line.</summary>
internal sealed class LineFaults(LabVehicle vehicle, CrewWork crew, OrderDesk desk, Random random)
{
    private static readonly PacketFate[] Fates = [PacketFate.CutBefore, PacketFate.CutWithin, PacketFate.CutAfter];

    /// <returns>What happened; null when nothing was struck.</returns>
    public async Task<Strike?> RunAsync(FaultKind kind, CancellationToken stop)
    {
        switch (kind)
        {
            case FaultKind.CutSend: return await CutAtAsync(Lane.Up, Step.Send, stop).ConfigureAwait(false);
            case FaultKind.CutAcknowledge: return await CutAtAsync(Lane.Ack, Step.Acknowledge, stop).ConfigureAwait(false);
            case FaultKind.CutPush: return await CutAtAsync(Lane.Orders, Step.Push, stop).ConfigureAwait(false);
            case FaultKind.CutFile:
                crew.PhotoNext = true;
                return await CutAtAsync(Lane.File, null, stop).ConfigureAwait(false);
            case FaultKind.CutByte:
                var cuts = vehicle.Line.Up.Cuts + vehicle.Line.Down.Cuts;
                var lane = random.Next(2) == 0 ? vehicle.Line.Up : vehicle.Line.Down;
                var bytes = random.Next(1, 3_000);
                lane.CutAfterBytes(bytes);
                await crew.WorkUntilAsync(() => vehicle.Line.Up.Cuts + vehicle.Line.Down.Cuts > cuts, TimeSpan.FromSeconds(4)).ConfigureAwait(false);
                return vehicle.Line.Up.Cuts + vehicle.Line.Down.Cuts > cuts ? new Strike($"cut after {bytes} bytes", crew.HasUnacknowledged) : null;
            case FaultKind.HalfOpen:
                vehicle.Line.HalfOpen();
                break;
            case FaultKind.Slow:
                vehicle.Line.Slow(32_000, TimeSpan.FromMilliseconds(800));
                break;
            case FaultKind.DoubledAndReordered:
                vehicle.Line.Up.Duplicate = vehicle.Line.Up.Reorder = vehicle.Line.Down.Duplicate = vehicle.Line.Down.Reorder = 0.5;
                break;
            case FaultKind.Paused:
                vehicle.Line.Pause();
                break;
            default:
                vehicle.Line.Refusing = true;
                vehicle.Line.Cut();
                break;
        }

        var end = Environment.TickCount64 + random.Next(600, 1_500);
        await crew.WorkUntilAsync(() => Environment.TickCount64 >= end && crew.HasUnacknowledged, TimeSpan.FromSeconds(3)).ConfigureAwait(false);
        return new Strike(kind.ToString(), crew.HasUnacknowledged, kind == FaultKind.DoubledAndReordered ? [Step.Send] : []);
    }

    private async Task<Strike?> CutAtAsync(Lane lane, Step? step, CancellationToken stop)
    {
        var fate = Fates[random.Next(Fates.Length)];
        var struck = vehicle.Watch.Arm(lane, random.Next(1, 4), fate);
        if (lane == Lane.Orders)
        {
            for (var i = 0; i < 3 && !struck.IsCompleted; i++) await desk.GiveAsync(vehicle.Crew, stop).ConfigureAwait(false);
        }

        await crew.WorkUntilAsync(() => struck.IsCompleted, TimeSpan.FromSeconds(6)).ConfigureAwait(false);
        if (!struck.IsCompleted) return null;
        // What the packet carried was not acknowledged by whom it was for.
        return new Strike(fate.ToString(), UnderWay: true, step is { } hit ? [hit] : []);
    }
}
