using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>What a power cut or a bad card may do to the files, and what must come of it.</summary>
public class OutboxCrashProperties : IDisposable
{
    protected virtual DataKey? Key => null;

    private const int Records = 40;
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(311, 0x11);
    private readonly TemporaryFolder folder = new();
    private ChainHead[] chains = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Cut_at_any_byte_leaves_a_prefix_of_whole_records()
    {
        var written = await WriteAsync();
        var length = written.Segment.Length;
        Prop.ForAll(Gen.Choose(0, length).ToArbitrary(), cut =>
        {
            var recovered = Recover(written, written.Segment[..cut]);
            Assert.Equal(written.Records.Take(recovered.Records.Count), recovered.Records);
            var whole = written.Ends.Count(e => e <= cut);
            Assert.Equal(whole, recovered.Records.Count);

            // A number that may have been used is used again only for what was never whole.
            if (written.Ends.Contains(cut) || cut == written.HeadBytes) Assert.Equal(written.Epoch, recovered.Epoch);
            else Assert.NotEqual(written.Epoch, recovered.Epoch);
        }).Check(Cases);
    }

    [Fact]
    public async Task A_flipped_bit_costs_at_most_its_own_record()
    {
        var written = await WriteAsync();
        Prop.ForAll(Gen.Choose(0, (written.Segment.Length * 8) - 1).ToArbitrary(), bit =>
        {
            var damaged = written.Segment.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var recovered = Recover(written, damaged);
            var hit = bit / 8 < written.HeadBytes ? -1 : written.Ends.FindIndex(e => bit / 8 < e);
            Assert.Equal(written.Records.Where((_, i) => i != hit), recovered.Records);
            Assert.NotEqual(written.Epoch, recovered.Epoch);
        }).Check(Cases);
    }

    [Fact]
    public async Task Noise_behind_the_last_record_is_not_a_record()
    {
        var written = await WriteAsync();
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(0, 255).Select(b => (byte)b)).ToArbitrary(), noise =>
        {
            var recovered = Recover(written, [.. written.Segment, .. noise]);
            Assert.Equal(written.Records, recovered.Records);
        }).Check(Cases);
    }

    [Fact]
    public async Task Records_of_the_damaged_epoch_still_leave_under_its_name()
    {
        var written = await WriteAsync();
        Recover(written, written.Segment[..^1]);
        await using var outbox = Open();
        await outbox.AppendDurableAsync(Drafts.Action("new"), RecordPriority.Action, default);
        var old = outbox.Take(Records, 1_000_000, RecordPriority.Bulk)!;
        Assert.Equal(written.Epoch, old.Epoch);
        Assert.Equal(Records - 1, old.Seqs.Count);
        var fresh = outbox.Take(Records, 1_000_000, RecordPriority.Bulk)!;
        Assert.Equal(outbox.Epoch, fresh.Epoch);
        Assert.Equal([1L], fresh.Seqs);

        outbox.Acknowledge(old.Epoch, [(1, Records)]);
        Assert.False(Directory.Exists(Path.Combine(folder["outbox"], written.Epoch)));
    }

    [Fact]
    public async Task Frames_left_over_in_the_file_before_do_not_shift_the_numbers_behind_them()
    {
        // A write that failed half way, then more than the file takes: the whole group went into a new file.
        var written = await WriteAsync();
        var recovered = Recover(written, written.Segment[..written.Ends[7]], (5, written.Segment[written.Ends[3]..]));
        Assert.Equal(written.Records, recovered.Records);
    }

    [Fact]
    public async Task Cut_at_any_byte_leaves_the_chain_at_its_last_whole_link()
    {
        var written = await WriteAsync();
        Prop.ForAll(Gen.Choose(written.HeadBytes, written.Segment.Length).ToArbitrary(), cut =>
        {
            Recover(written, written.Segment[..cut]);
            var whole = written.Records.Take(written.Ends.Count(e => e <= cut)).Select(Convert.FromHexString).ToList();
            var links = whole.Where(r => UpBatchReader.ReadRecord(r).Chain is not null).ToList();
            var head = Assert.Single(chains, c => c.Epoch == written.Epoch || links.Count == 0);
            Assert.Equal(links.Count, head.Count);
            Assert.Equal(links.Count == 0 ? "" : WireCodec.ContentHash(links[^1]), head.Head);
        }).Check(Cases);
    }

    private async Task<Written> WriteAsync()
    {
        string epoch;
        List<string> records = [];
        List<int> ends = [];
        await using (var outbox = Open())
        {
            epoch = outbox.Epoch;
            for (var i = 0; i < Records; i++)
            {
                if (i % 3 == 0) await outbox.AppendDurableAsync(Drafts.Action($"action-{i}"), RecordPriority.Action, default);
                else outbox.Append(Drafts.Track(i), RecordPriority.Action);
            }
        }

        await using (var outbox = Open())
        {
            foreach (var record in outbox.Take(Records, 1_000_000, RecordPriority.Bulk)!.Records) records.Add(Convert.ToHexString(record.Span));
        }

        Assert.Equal(Records, records.Count);
        var segment = await File.ReadAllBytesAsync(SegmentPath(epoch));
        for (var at = 0; at < segment.Length;)
        {
            Assert.True(Frame.TryRead(segment.AsSpan(at), out var header));
            at += Frame.HeaderBytes + header.Length;
            ends.Add(at);
        }

        return new Written(epoch, records, ends[0], ends[1..], segment);
    }

    private (string Epoch, List<string> Records) Recover(Written written, byte[] segment, params (long First, byte[] Segment)[] later)
    {
        foreach (var other in Directory.GetDirectories(folder["outbox"])) Directory.Delete(other, recursive: true);
        foreach (var beside in Directory.GetFiles(folder.Path)) File.Delete(beside);
        Directory.CreateDirectory(Path.Combine(folder["outbox"], written.Epoch));
        File.WriteAllBytes(SegmentPath(written.Epoch), segment);
        foreach (var (first, bytes) in later) File.WriteAllBytes(SegmentPath(written.Epoch, first), bytes);
        File.WriteAllText(Path.Combine(folder["outbox"], "current"), written.Epoch);
        var outbox = Open();
        var records = outbox.Take(Records, 1_000_000, RecordPriority.Bulk)?.Records.Select(r => Convert.ToHexString(r.Span)).ToList() ?? [];
        var epoch = outbox.Epoch;
        chains = outbox.Chains;
        outbox.DisposeAsync().AsTask().Wait();
        return (epoch, records);
    }

    private DiskOutbox Open() => DiskOutbox.Open(folder["outbox"], new OutboxOptions { GroupSeconds = 0.01 }, NullLogger.Instance, Key);

    private string SegmentPath(string epoch, long first = 1) => Path.Combine(folder["outbox"], epoch, $"{first:D19}.seg");

    private sealed record Written(string Epoch, List<string> Records, int HeadBytes, List<int> Ends, byte[] Segment);
}
