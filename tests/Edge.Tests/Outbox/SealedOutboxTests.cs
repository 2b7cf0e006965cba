using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>What encryption adds: nothing readable, nothing believed that somebody else put there, nothing lost on the way.</summary>
public sealed class SealedOutboxTests : IDisposable
{
    private static readonly byte[] Raw = [.. Enumerable.Range(1, DataKey.Bytes).Select(b => (byte)b)];

    private readonly TemporaryFolder folder = new();
    private readonly DataKey key = new(Raw);

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task No_file_of_the_outbox_holds_a_readable_record()
    {
        await WriteAsync(key, 60);
        AssertUnreadable();
    }

    [Fact]
    public async Task A_plain_outbox_is_encrypted_at_the_first_start_and_keeps_every_record()
    {
        var before = await WriteAsync(null, 60);
        Assert.Contains(Files(), f => Holds(f, "secret-3"));
        using var fresh = new DataKey(Raw, isOnly: false);
        await using (var outbox = Open(fresh))
        {
            Assert.Equal(before.Records, All(outbox));
            Assert.Equal(before.Chains, outbox.Chains);
            Assert.Equal(before.Epoch, outbox.Epoch);
            Assert.Equal(before.Draft, outbox.Draft);
        }

        AssertUnreadable();
        using var later = new DataKey(Raw);
        await using var again = Open(later);
        Assert.Equal(before.Records, All(again));
        Assert.Equal(before.Epoch, again.Epoch);
    }

    [Fact]
    public async Task A_torn_plain_outbox_is_still_torn_when_it_is_encrypted()
    {
        var before = await WriteAsync(null, 20);
        var last = Segments(before.Epoch)[^1];
        await using (var file = new FileStream(last, FileMode.Open)) file.SetLength(file.Length - 3);
        using var fresh = new DataKey(Raw, isOnly: false);
        await using var outbox = Open(fresh);
        await outbox.FlushAsync(default);
        Assert.Equal(before.Records[..^1], All(outbox));
        Assert.NotEqual(before.Epoch, outbox.Epoch);
    }

    [Fact]
    public async Task Plain_frames_are_not_believed_once_everything_is_encrypted()
    {
        var written = await WriteAsync(key, 10);
        var forged = folder["forged"];
        await using (var plain = DiskOutbox.Open(forged, new OutboxOptions { GroupSeconds = 0.01 }, NullLogger.Instance))
            await plain.AppendDurableAsync(Drafts.Action("forged"), RecordPriority.Action, default);
        var epoch = Path.GetFileName(Directory.GetDirectories(forged)[0]);
        Directory.Move(Path.Combine(forged, epoch), Path.Combine(folder["outbox"], epoch));
        await using var outbox = Open(key);
        Assert.Equal(written.Records, All(outbox));
    }

    [Fact]
    public async Task A_frame_that_is_taken_out_moved_or_of_another_key_is_noticed()
    {
        var written = await WriteAsync(key, 12);
        var path = Segments(written.Epoch)[^1];
        var whole = await File.ReadAllBytesAsync(path);
        var ends = Ends(whole);
        await File.WriteAllBytesAsync(path, [.. whole[..ends[3]], .. whole[ends[4]..]]);
        await using (var outbox = Open(key)) Assert.NotEqual(written.Epoch, outbox.Epoch);

        // Under another epoch's name none of it opens.
        foreach (var other in Directory.GetDirectories(folder["outbox"])) Directory.Delete(other, recursive: true);
        foreach (var beside in Directory.GetFiles(folder.Path)) File.Delete(beside);
        var elsewhere = Path.Combine(folder["outbox"], "00000000000000aa");
        Directory.CreateDirectory(elsewhere);
        await File.WriteAllBytesAsync(Path.Combine(elsewhere, Path.GetFileName(path)), whole);
        await using (var outbox = Open(key)) Assert.Empty(All(outbox));
    }

    [Fact]
    public async Task A_card_image_that_is_put_back_never_makes_the_same_nonce_twice()
    {
        var written = await WriteAsync(key, 5);
        var name = Segments(written.Epoch)[^1];
        var image = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllBytes);
        HashSet<string> nonces = [];
        for (var time = 0; time < 3; time++)
        {
            foreach (var (file, bytes) in image) await File.WriteAllBytesAsync(file, bytes);
            await using (var outbox = Open(key)) await outbox.AppendDurableAsync(Drafts.Action("same number"), RecordPriority.Action, default);
            var now = await File.ReadAllBytesAsync(name);
            Assert.True(now.Length > image[name].Length);
            Assert.True(nonces.Add(Convert.ToHexString(now.AsSpan(image[name].Length + Frame.HeaderBytes, 12))));
        }
    }

    [Fact]
    public async Task An_index_that_somebody_else_wrote_hides_no_record()
    {
        var written = await WriteAsync(key, 300, segmentBytes: 8 * 1024);
        var indexes = Directory.GetFiles(folder["outbox"], "*.idx", SearchOption.AllDirectories);
        Assert.NotEmpty(indexes);
        using (var other = new DataKey(new byte[DataKey.Bytes]))
        {
            foreach (var index in indexes) await File.WriteAllBytesAsync(index, other.SealFor("outbox/" + written.Epoch).Close(new byte[24], []));
        }

        await using var outbox = Open(key);
        Assert.Equal(written.Records, All(outbox));
    }

    [Fact]
    public async Task A_snapshot_reads_it_with_the_key_and_nothing_without()
    {
        await using var outbox = Open(key);
        for (var i = 0; i < 5; i++) await outbox.AppendDurableAsync(Drafts.Action($"secret-{i}"), RecordPriority.Action, default);
        outbox.Acknowledge(outbox.Epoch, [(2, 3)]);
        Assert.Equal([1L, 4, 5], new OutboxSnapshot(folder["outbox"], key).Records().Select(r => r.Id.Seq));
        Assert.Empty(new OutboxSnapshot(folder["outbox"]).Records());
    }

    private static List<int> Ends(byte[] segment)
    {
        List<int> ends = [];
        for (var at = 0; at < segment.Length; ends.Add(at))
        {
            Assert.True(Frame.TryRead(segment.AsSpan(at), out var header));
            at += Frame.HeaderBytes + header.Length;
        }

        return ends;
    }

    private static List<string> All(DiskOutbox outbox)
    {
        List<string> records = [];
        while (outbox.Take(50, 1_000_000, RecordPriority.Bulk) is { } batch) records.AddRange(batch.Records.Select(r => Convert.ToHexString(r.Span)));
        return records;
    }

    private static bool Holds(string file, string text) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private async Task<Written> WriteAsync(DataKey? with, int records, int segmentBytes = 4 * 1024 * 1024)
    {
        await using (var outbox = Open(with, segmentBytes))
        {
            for (var i = 0; i < records; i++)
            {
                outbox.Append(Drafts.Action($"secret-{i}"), RecordPriority.Action);
                if (i % 6 == 5) await outbox.FlushAsync(default);
            }

            await outbox.FlushAsync(default);
            outbox.Acknowledge(outbox.Epoch, [(2, 3)]);
            await outbox.SaveDraftAsync(outbox.Draft, Drafts.Track(), default);
        }

        // The draft that was not finished becomes a record of the next start.
        await using var again = Open(with, segmentBytes);
        await again.FlushAsync(default);
        return new Written(again.Epoch, All(again), again.Chains, again.Draft);
    }

    private void AssertUnreadable()
    {
        foreach (var file in Files())
        {
            foreach (var word in new[] { "secret-", "crew-1", "deviceTime", "42.3" }) Assert.False(Holds(file, word), $"{file} holds {word}");
        }
    }

    private string[] Files() => [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock")];

    private string[] Segments(string epoch) => [.. Directory.GetFiles(Path.Combine(folder["outbox"], epoch), "*.seg").Order()];

    private DiskOutbox Open(DataKey? with, int segmentBytes = 4 * 1024 * 1024) => DiskOutbox.Open(
        folder["outbox"], new OutboxOptions { GroupSeconds = 0.01, SegmentBytes = segmentBytes }, NullLogger.Instance, with);

    private sealed record Written(string Epoch, List<string> Records, ChainHead[] Chains, long Draft);
}
