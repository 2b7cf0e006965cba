using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Kernel.Tests.Outside;

/// <summary>In the guest whose power is cut: writes rows into the agent's own outbox, and says which it was told are durable.</summary>
internal static class RowWriter
{
    private const int Writers = 4;

    /// <summary>
    /// Says which rows are there (<c>HAS n</c>, then <c>VERIFIED</c>), then appends rows until the power is cut: a line <c>ACK n</c> for each that
    /// the outbox acknowledged.
    /// </summary>
    public static async Task<int> AppendAsync(string folder)
    {
        await using var outbox = Open(folder);
        var next = 0;
        foreach (var row in Rows(outbox))
        {
            next = Math.Max(next, row);
            Say($"HAS {row}");
        }

        Say("VERIFIED");
        var clock = new DeviceClock(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var row = Interlocked.Increment(ref next);
                var draft = new WireRecord { Seq = 0, Stamp = clock.StampNow() };
                // Chained ones and others, as on a vehicle.
                draft = row % 3 == 0
                    ? draft with { Duty = new Duty("shift-1", "paving-alpha"), Action = new CrewAction { Id = $"row-{row}", Kind = CrewActionKind.Note, Note = new string('x', 200) } }
                    : draft with { Health = new VehicleHealth { Unsent = row } };
                await outbox.AppendDurableAsync(draft, RecordPriority.Action, CancellationToken.None);
                Say($"ACK {row}");
            }
        })));
        return 0;
    }

    /// <summary>The same by somebody who believes write(2): to show that the cut cuts.</summary>
    public static int Careless(string file)
    {
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read, 0);
        for (var row = 1; ; row++)
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes($"{row} {new string('x', 200)}\n"));
            Say($"ACK {row}");
        }
    }

    private static DiskOutbox Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var key = new DataKeyFile(folder, new SealingOptions(), null).Open(NullLogger.Instance);
        return DiskOutbox.Open(Path.Combine(folder, "outbox"), new OutboxOptions { GroupSeconds = 0.01 }, NullLogger.Instance, key);
    }

    private static IEnumerable<int> Rows(DiskOutbox outbox) =>
        outbox.Waiting(k => k is RecordKind.Health or RecordKind.Action)
            .Select(r => r.Record.Health?.Unsent ?? int.Parse(r.Record.Action!.Id["row-".Length..], CultureInfo.InvariantCulture));

    // One write for a line: the console is cut too.
    private static void Say(string line)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(line + "\n");
        lock (Writing) Output.Write(bytes);
    }

    private static readonly Lock Writing = new();
    private static readonly Stream Output = Console.OpenStandardOutput();
}
