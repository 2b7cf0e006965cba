namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>How often which fault comes, in a seeded order.</summary>
internal sealed class FaultPlan(int seed)
{
    private static readonly (FaultKind Kind, int Weight)[] Vehicle =
    [
        (FaultKind.KillAppend, 12), (FaultKind.KillFsync, 12), (FaultKind.KillDelete, 8), (FaultKind.KillNote, 6), (FaultKind.KillState, 5),
        (FaultKind.KillAnyTime, 6), (FaultKind.DiskFull, 4), (FaultKind.ClockJump, 3), (FaultKind.TornTail, 3), (FaultKind.FlippedBit, 2),
        (FaultKind.Gap, 2), (FaultKind.Fork, 2), (FaultKind.CutSend, 9), (FaultKind.CutAcknowledge, 9), (FaultKind.CutPush, 6),
        (FaultKind.CutByte, 5), (FaultKind.Slow, 2), (FaultKind.HalfOpen, 1), (FaultKind.DoubledAndReordered, 4), (FaultKind.Paused, 2),
        (FaultKind.DeadZone, 3),
    ];

    private static readonly (FaultKind Kind, int Weight)[] Hub =
    [
        (FaultKind.HubCommit, 8), (FaultKind.HubCheckpoint, 2), (FaultKind.HubEvent, 5), (FaultKind.HubAnyTime, 3), (FaultKind.HubDiskFull, 2),
        (FaultKind.BrokerKilled, 2), (FaultKind.BrokerWiped, 2),
    ];

    private readonly Random random = new(seed);
    private readonly Dictionary<bool, Queue<FaultKind>> next = new() { [true] = new(), [false] = new() };

    /// <summary>The next fault: every kind once before any comes again more often than its weight says.</summary>
    public FaultKind Next(bool hub)
    {
        lock (next)
        {
            var queue = next[hub];
            if (queue.Count == 0)
            {
                var kinds = hub ? Hub : Vehicle;
                var all = kinds.SelectMany(k => Enumerable.Repeat(k.Kind, k.Weight)).ToArray();
                random.Shuffle(all);
                // A short run meets every kind too.
                var each = kinds.Select(k => k.Kind).ToArray();
                random.Shuffle(each);
                foreach (var kind in each.Concat(all)) queue.Enqueue(kind);
            }

            return queue.Dequeue();
        }
    }

    public Random Fork()
    {
        lock (next) return new Random(random.Next());
    }
}
