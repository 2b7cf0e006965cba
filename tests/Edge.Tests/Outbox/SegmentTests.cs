using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>Closed files: their indexes, and their being written again without what is gone.</summary>
public class SegmentTests : IDisposable
{
    protected virtual DataKey? Key => null;

    private const int Records = 300;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_start_reads_the_indexes_and_finds_the_same()
    {
        var written = await WriteAsync();
        Assert.NotEmpty(Files("*.idx"));
        // Were it read, this would be found damaged.
        var first = Files("*.seg")[0];
        var bytes = await File.ReadAllBytesAsync(first);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(first, bytes);
        await using var again = Open();
        Assert.Equal(written.Epoch, again.Epoch);
        Assert.Equal(Records, again.Counts.Records);
        var records = All(again);
        Assert.Equal(Records - 1, records.Count);
        Assert.Empty(records.Except(written.Records));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("cut")]
    [InlineData("bit")]
    [InlineData("of another file")]
    [InlineData("lies")]
    public async Task An_index_that_is_wrong_costs_no_record(string how)
    {
        var written = await WriteAsync();
        var indexes = Files("*.idx");
        for (var i = 0; i < indexes.Length; i++)
        {
            var bytes = await File.ReadAllBytesAsync(indexes[i]);
            switch (how)
            {
                case "missing": File.Delete(indexes[i]); continue;
                case "cut": bytes = bytes[..^7]; break;
                case "bit": bytes[bytes.Length / 2] ^= 4; break;
                case "of another file": bytes = await File.ReadAllBytesAsync(indexes[(i + 1) % indexes.Length]); break;
                case "lies":
                    // Whole, of this file, and every offset is wrong.
                    for (var at = 24; at < bytes.Length - 4; at += 16) bytes[at + 4] ^= 0x10;
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), Frame.Crc(bytes.AsSpan(0, bytes.Length - 4)));
                    break;
            }

            await File.WriteAllBytesAsync(indexes[i], bytes);
        }

        await using var again = Open();
        Assert.Equal(written.Epoch, again.Epoch);
        Assert.Equal(written.Records, All(again));
    }

    [Fact]
    public async Task One_record_that_nobody_acknowledges_holds_its_bytes_and_not_its_file()
    {
        var written = await WriteAsync();
        long before;
        await using (var outbox = Open())
        {
            before = outbox.Counts.DiskBytes;
            // Each file keeps one record.
            foreach (var seq in Enumerable.Range(1, Records).Where(s => s % 12 != 0)) outbox.Acknowledge(outbox.Epoch, [(seq, seq)]);
            await Eventually.TrueAsync(
                () =>
                {
                    outbox.Append(Drafts.Health(), RecordPriority.Bulk);
                    outbox.FlushAsync(default).AsTask().Wait();
                    return Files("*.new").Length == 0 && outbox.Counts.DiskBytes < before / 3;
                },
                "the files were written again");
        }

        for (var restart = 0; restart < 2; restart++)
        {
            await using var again = Open();
            Assert.Equal(written.Epoch, again.Epoch);
            var actions = again.Waiting(k => k == RecordKind.Action).Select(w => w.Id.Seq);
            Assert.Equal(Enumerable.Range(1, Records).Where(s => s % 12 == 0).Select(s => (long)s), actions);
        }
    }

    [Fact]
    public async Task A_rewrite_that_a_crash_interrupts_leaves_the_old_file()
    {
        var written = await WriteAsync();
        foreach (var path in Files("*.seg"))
        {
            await File.WriteAllBytesAsync(path + ".new", (await File.ReadAllBytesAsync(path))[..200]);
        }

        await using var again = Open();
        Assert.Empty(Files("*.new"));
        Assert.Equal(written.Records, All(again));
    }

    private static List<string> All(DiskOutbox outbox)
    {
        List<string> records = [];
        while (outbox.Take(50, 1_000_000, RecordPriority.Bulk) is { } batch) records.AddRange(batch.Records.Select(r => Convert.ToHexString(r.Span)));
        return records;
    }

    private async Task<(string Epoch, List<string> Records)> WriteAsync()
    {
        await using var outbox = Open();
        for (var i = 0; i < Records; i++)
        {
            outbox.Append(Drafts.Action($"a{i}"), RecordPriority.Action);
            if (i % 6 == 5) await outbox.FlushAsync(default);
        }

        await outbox.FlushAsync(default);
        return (outbox.Epoch, All(outbox));
    }

    private DiskOutbox Open() => DiskOutbox.Open(
        folder["outbox"], new OutboxOptions { SegmentBytes = 8 * 1024, GroupSeconds = 0.01, RewriteSeconds = 0.02 }, NullLogger.Instance, Key);

    private string[] Files(string pattern) => [.. Directory.GetFiles(folder["outbox"], pattern, SearchOption.AllDirectories).Order()];
}
