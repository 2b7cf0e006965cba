namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>How often which fault comes, in a seeded order.</summary>
/// <param name="seed">Of the order.</param>
/// <param name="only">Faults of vehicles that are wanted; empty: all.</param>
internal sealed class FaultPlan(int seed, IReadOnlyList<FaultKind> only)
{
    private static readonly (FaultKind Kind, int Weight)[] Vehicle =
    [
        (FaultKind.KillAppend, 12), (FaultKind.KillFsync, 12), (FaultKind.KillDelete, 8), (FaultKind.KillNote, 6), (FaultKind.KillState, 5),
        (FaultKind.KillAnyTime, 6), (FaultKind.DiskFull, 4), (FaultKind.DiskFullAtShift, 2), (FaultKind.ClockJump, 3), (FaultKind.TornTail, 3), (FaultKind.FlippedBit, 2),
        (FaultKind.Gap, 2), (FaultKind.Restored, 1), (FaultKind.RestoredUnnoticed, 1), (FaultKind.CardCopied, 1), (FaultKind.CutSend, 9), (FaultKind.CutAcknowledge, 9), (FaultKind.CutPush, 6), (FaultKind.CutFile, 3),
        (FaultKind.CutByte, 5), (FaultKind.Slow, 2), (FaultKind.HalfOpen, 1), (FaultKind.DoubledAndReordered, 4), (FaultKind.Paused, 2),
        (FaultKind.DeadZone, 3),
    ];

    private static readonly (FaultKind Kind, int Weight)[] Hub =
    [
        (FaultKind.HubCommit, 8), (FaultKind.HubCheckpoint, 2), (FaultKind.HubEvent, 5), (FaultKind.HubAnyTime, 3), (FaultKind.HubDiskFull, 2),
        (FaultKind.BrokerKilled, 2), (FaultKind.BrokerWiped, 2),
    ];

    private const int MostAttempts = 3;

    private readonly Random random = new(seed);
    private readonly Dictionary<FaultKind, int> attempts = [];
    private readonly Dictionary<bool, Queue<FaultKind>> next = new() { [true] = new(), [false] = new() };

    public static IEnumerable<FaultKind> OfVehicles => Vehicle.Select(v => v.Kind);

    /// <summary>The next fault: every kind once before any comes again more often than its weight says.</summary>
    public FaultKind Next(bool hub)
    {
        lock (next)
        {
            var queue = next[hub];
            if (queue.Count == 0)
            {
                var kinds = hub ? Hub : Array.FindAll(Vehicle, k => only.Count == 0 || only.Contains(k.Kind));
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

    /// <summary>A fault that is no point is tried again, but not without end; one that is, begins anew.</summary>
    public void Tried(FaultKind kind, bool hub, bool isPoint)
    {
        lock (next)
        {
            var failed = attempts[kind] = isPoint ? 0 : attempts.GetValueOrDefault(kind) + 1;
            if (failed is > 0 and < MostAttempts) next[hub].Enqueue(kind);
            else attempts[kind] = 0;
        }
    }

    public Random Fork()
    {
        lock (next) return new Random(random.Next());
    }
}
