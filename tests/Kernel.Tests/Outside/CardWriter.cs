using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Kernel.Tests.Outside;

/// <summary>In the guest whose card lies: a crew's actions in the agent's own outbox, some of which the hub takes meanwhile.</summary>
internal static class CardWriter
{
    /// <summary>Rows that the crew is told are safe before the card begins to lie, and while it does.</summary>
    public const int Honest = 90;
    public const int Lies = 60;

    private const int Afterwards = 20;
    private const int FirstAfterwards = 10_000;

    private static readonly Stream Output = Console.OpenStandardOutput();

    /// <summary>
    /// Says <c>ACK row</c> for each that the crew was told is safe, <c>HUB epoch number hash row</c> for each that the hub took, <c>LIES</c> when the card
    /// begins to, and <c>HONEST</c> when it ends to.
    /// </summary>
    /// <param name="folder">The vehicle's data.</param>
    /// <param name="flickers">The card is honest again after its lies.</param>
    public static async Task<int> LieAsync(string folder, bool flickers)
    {
        await using var outbox = Open(folder);
        for (var row = 1; row <= Honest + Lies + (flickers ? Lies : 0); row++)
        {
            if (row == Honest + 1) Card("flakey /dev/ubda 0 0 1000000 1 drop_writes", "LIES");
            if (row == Honest + Lies + 1) Card("linear /dev/ubda 0", "HONEST");
            await AppendAsync(outbox, row);
            // The hub takes two of three, the oldest first.
            if (row % 3 == 0 && outbox.Take(2, 1_000_000, RecordPriority.Bulk) is { } batch)
            {
                for (var i = 0; i < batch.Seqs.Count; i++) Say($"HUB {batch.Epoch} {batch.Seqs[i]} {WireCodec.ContentHash(batch.Records[i].Span)} {RowIn(batch.Records[i])}");
                outbox.Acknowledge(batch.Epoch, batch.Seqs.Select(s => (s, s)));
            }
        }

        Say("TOLD");
        await Task.Delay(Timeout.InfiniteTimeSpan);
        return 0;
    }

    /// <summary>
    /// The next start, on a card that is honest: some more rows, then all is sent to a hub that has what <paramref name="hub"/> says, and answers as the
    /// hub does. Says <c>HUB</c> for what it stored, <c>FORK epoch number</c> for what it has with another content, and <c>DONE</c>.
    /// </summary>
    public static async Task<int> SettleAsync(string folder, string hub)
    {
        var stored = (await File.ReadAllLinesAsync(hub)).Select(l => l.Split(' ')).ToDictionary(l => (l[0], long.Parse(l[1], CultureInfo.InvariantCulture)), l => l[2]);
        await using var outbox = Open(folder);
        Say($"OPENED {outbox.Epoch}");
        for (var row = 0; row < Afterwards; row++) await AppendAsync(outbox, FirstAfterwards + row);
        while (outbox.Counts.Records > 0)
        {
            List<(string Epoch, List<long> Had, List<long> Forked)> answers = [];
            while (outbox.Take(50, 1_000_000, RecordPriority.Bulk) is { } batch)
            {
                List<long> had = [], forked = [];
                for (var i = 0; i < batch.Seqs.Count; i++)
                {
                    var (key, hash) = ((batch.Epoch, batch.Seqs[i]), WireCodec.ContentHash(batch.Records[i].Span));
                    if (stored.TryAdd(key, hash)) Say($"HUB {batch.Epoch} {batch.Seqs[i]} {hash} {RowIn(batch.Records[i])}");
                    else if (stored[key] != hash) Say($"FORK {batch.Epoch} {batch.Seqs[i]}");
                    (stored[key] == hash ? had : forked).Add(batch.Seqs[i]);
                }

                answers.Add((batch.Epoch, had, forked));
            }

            foreach (var (epoch, had, forked) in answers)
            {
                outbox.Acknowledge(epoch, had.Select(s => (s, s)));
                if (forked.Count > 0) outbox.Forked(epoch, forked);
            }

            await outbox.FlushAsync(CancellationToken.None);
            await Task.Delay(50);
        }

        Say("DONE");
        return 0;
    }

    private static async Task AppendAsync(DiskOutbox outbox, int row)
    {
        var draft = new WireRecord { Seq = 0, Stamp = Clock.StampNow(), Duty = new Duty("shift-1", "paving-alpha"), Action = new CrewAction { Id = $"row-{row}", Kind = CrewActionKind.Note, Note = NoteOf(row) } };
        await outbox.AppendDurableAsync(draft, RecordPriority.Action, CancellationToken.None);
        Say($"ACK {row}");
    }

    // What is read must be what was written, and not only begin so.
    private static int RowIn(ReadOnlyMemory<byte> record)
    {
        var action = UpBatchReader.ReadRecord(record).Action!;
        var row = int.Parse(action.Id["row-".Length..], CultureInfo.InvariantCulture);
        if (action.Note != NoteOf(row)) Say($"BAD {row}");
        return row;
    }

    private static string NoteOf(int row) => string.Concat(Enumerable.Repeat(row.ToString(CultureInfo.InvariantCulture) + " ", 60));

    private static DiskOutbox Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var key = new DataKeyFile(folder, new SealingOptions(), null).Open(NullLogger.Instance);
        return DiskOutbox.Open(Path.Combine(folder, "outbox"), new OutboxOptions { GroupSeconds = 0.01 }, NullLogger.Instance, key);
    }

    // Without waiting for what is on its way: a card does not announce when it begins.
    private static void Card(string target, string word)
    {
        var sectors = Run("/usr/sbin/blockdev", "--getsz", "/dev/ubda").Trim();
        Run("/usr/sbin/dmsetup", "suspend", "--nolockfs", "--noflush", "card");
        Run("/usr/sbin/dmsetup", "load", "card", "--table", $"0 {sectors} {target}");
        Run("/usr/sbin/dmsetup", "resume", "card");
        Say(word);
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
    }

    private static void Say(string line) => Output.Write(Encoding.ASCII.GetBytes(line + "\n"));

    private static readonly DeviceClock Clock = new(TimeProvider.System);
}
