using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>Restored backups, copied cards and cut files: no number is used for two contents, or it is mended.</summary>
public class ForkTests : IDisposable
{
    protected virtual DataKey? Key => null;

    private readonly TemporaryFolder folder = new();
    private readonly CountingHub hub = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_restored_folder_begins_a_new_epoch()
    {
        await using (var outbox = Open("outbox")) await AppendAsync(outbox, "a", 5);
        Copy("outbox", "backup");
        string epoch;
        await using (var outbox = Open("outbox"))
        {
            epoch = outbox.Epoch;
            await AppendAsync(outbox, "later", 5);
            hub.Take(outbox);
        }

        Directory.Delete(folder["outbox"], recursive: true);
        Copy("backup", "outbox");
        await using var restored = Open("outbox");
        Assert.NotEqual(epoch, restored.Epoch);
        await AppendAsync(restored, "after", 3);
        hub.Take(restored);
        Assert.Equal(0, hub.Forks);
        Assert.Equal(13, hub.Actions.Count);
        Assert.Equal(new ChainHead(epoch, 10, hub.HeadOf(epoch)), restored.Chains[0]);
    }

    [Fact]
    public async Task A_copy_of_the_folder_with_all_beside_it_begins_a_new_epoch()
    {
        await using (var outbox = Open("outbox")) await AppendAsync(outbox, "a", 5);
        Copy("outbox", "copy");
        File.Copy(folder["outbox.witness"], folder["copy.witness"]);
        await using var original = Open("outbox");
        await using var copy = Open("copy");
        Assert.NotEqual(original.Epoch, copy.Epoch);
    }

    [Fact]
    public async Task Two_vehicles_from_one_card_image_lose_nothing_and_count_nothing_twice()
    {
        await using (var outbox = Open("one")) await AppendAsync(outbox, "before", 4);
        // Nothing beside it: the copy cannot be noticed.
        Copy("one", "two");
        await using var one = Open("one");
        await using var two = Open("two");
        Assert.Equal(one.Epoch, two.Epoch);
        var shared = one.Epoch;
        await AppendAsync(one, "one", 6);
        var last = await AppendAsync(two, "two", 9);
        hub.Take(one);
        hub.Take(two);
        Assert.Equal(6, hub.Forks);
        await Eventually.TrueAsync(() => two.Epoch != shared, "the second began a new epoch");
        await two.FlushAsync(default);
        Assert.True(two.IsWaiting(new RecordId(shared, 5)), "what the hub named waits under its new name");
        hub.Take(two);
        Assert.Equal(0, two.Counts.Records);
        Assert.Equal(shared, one.Epoch);
        Assert.Equal(4 + 6 + 9, hub.Actions.Count);
        Assert.All(hub.Actions, a => Assert.Equal(1, a.Value));
        Assert.False(two.IsWaiting(last));
        Assert.Equal([new ChainHead(two.Epoch, 6, hub.HeadOf(two.Epoch))], two.Chains);
    }

    [Fact]
    public async Task What_the_hub_did_not_name_stays_in_its_epoch()
    {
        await using var outbox = Open("outbox");
        await AppendAsync(outbox, "a", 6);
        var epoch = outbox.Epoch;
        outbox.Forked(epoch, [2, 3]);
        outbox.Forked(epoch, [3, 77]);
        await Eventually.TrueAsync(() => outbox.Epoch != epoch, "a new epoch began");
        await outbox.FlushAsync(default);
        hub.Take(outbox);
        Assert.Equal([1L, 4, 5, 6], hub.Keys.Where(k => k.Epoch == epoch).Select(k => k.Seq).Order());
        Assert.Equal([1L, 2], hub.Keys.Where(k => k.Epoch != epoch).Select(k => k.Seq).Order());
        Assert.Equal(6, hub.Actions.Count);
    }

    [Fact]
    public async Task A_fork_named_while_its_batch_is_on_its_way_is_not_made_ready_in_the_old_epoch()
    {
        await using var outbox = Open("outbox");
        await AppendAsync(outbox, "a", 3);
        var epoch = outbox.Epoch;
        var batch = outbox.Take(10, 100_000, RecordPriority.Bulk)!;
        outbox.Forked(epoch, [1, 2, 3]);
        outbox.Release(batch);
        await Eventually.TrueAsync(() => outbox.Epoch != epoch, "a new epoch began");
        await outbox.FlushAsync(default);
        var again = outbox.Take(10, 100_000, RecordPriority.Bulk)!;
        Assert.Equal(outbox.Epoch, again.Epoch);
        Assert.Equal(3, again.Seqs.Count);
        Assert.Equal(3, outbox.Standing().Actions);
    }

    [Fact]
    public async Task A_crash_at_any_byte_of_the_move_leaves_each_record_under_one_name()
    {
        string old;
        await using (var outbox = Open("outbox"))
        {
            await AppendAsync(outbox, "a", 5);
            old = outbox.Epoch;
        }

        Copy("outbox", "before");
        await using (var outbox = Open("outbox"))
        {
            outbox.Forked(old, [2, 4]);
            await Eventually.TrueAsync(() => outbox.Epoch != old, "a new epoch began");
            await outbox.FlushAsync(default);
        }

        var fresh = Directory.GetDirectories(folder["outbox"]).Select(Path.GetFileName).Single(n => n != old)!;
        var segment = await File.ReadAllBytesAsync(Path.Combine(folder["outbox"], fresh, $"{1:D19}.seg"));
        for (var cut = 0; cut <= segment.Length; cut += cut < segment.Length - 1 ? 11 : 1)
        {
            // The new epoch's file as far as it came; the old epoch has no note of it yet.
            if (Directory.Exists(folder["torn"])) Directory.Delete(folder["torn"], recursive: true);
            File.Delete(folder["torn.witness"]);
            Copy("before", "torn");
            Directory.CreateDirectory(Path.Combine(folder["torn"], fresh));
            await File.WriteAllBytesAsync(Path.Combine(folder["torn"], fresh, $"{1:D19}.seg"), segment[..cut]);
            await File.WriteAllTextAsync(Path.Combine(folder["torn"], "current"), fresh);
            for (var restart = 0; restart < 2; restart++)
            {
                await using var torn = Open("torn");
                var ids = torn.Waiting(k => k == RecordKind.Action).Select(w => w.Record.Action!.Id).Order();
                Assert.Equal(["a0", "a1", "a2", "a3", "a4"], ids);
                Assert.NotEqual(old, torn.Epoch);
            }
        }
    }

    [Fact]
    public async Task A_cut_between_send_and_fsync_uses_no_number_twice()
    {
        await using (var outbox = Open("outbox")) await AppendAsync(outbox, "a", 5);
        // A disk that lied: the record was sent, acknowledged by nobody, and is gone after the power cut.
        await using (var outbox = Open("outbox"))
        {
            await AppendAsync(outbox, "sent", 1);
            hub.Take(outbox, acknowledge: false);
        }

        var segment = Assert.Single(Directory.GetFiles(folder["outbox"], "*.seg", SearchOption.AllDirectories));
        await using (var file = File.OpenWrite(segment)) file.SetLength(file.Length - 20);
        await using var again = Open("outbox");
        await AppendAsync(again, "next", 1);
        hub.Take(again);
        Assert.Equal(0, hub.Forks);
        Assert.Equal(7, hub.Actions.Count);
        Assert.All(hub.Actions, a => Assert.Equal(1, a.Value));
    }

    [Fact]
    public async Task A_tail_that_was_taken_away_whole_is_noticed_and_reported()
    {
        string epoch;
        ChainHead head;
        await using (var outbox = Open("outbox"))
        {
            await AppendAsync(outbox, "a", 10);
            epoch = outbox.Epoch;
            head = Assert.Single(outbox.Chains);
        }

        CutFrames(7);
        for (var restart = 0; restart < 2; restart++)
        {
            await using var again = Open("outbox");
            Assert.NotEqual(epoch, again.Epoch);
            Assert.Equal(head, again.Chains.Single(c => c.Epoch == epoch));
            Assert.Equal(10, again.Standing().Actions);
            Assert.Equal(6, again.Counts.Records);
        }
    }

    // Frame boundaries, so that nothing is torn: from this one on they are gone.
    private void CutFrames(int from)
    {
        var path = Assert.Single(Directory.GetFiles(folder["outbox"], "*.seg", SearchOption.AllDirectories));
        var bytes = File.ReadAllBytes(path);
        var at = 0;
        for (var frame = 0; frame < from; frame++)
        {
            Assert.True(Frame.TryRead(bytes.AsSpan(at), out var header));
            at += Frame.HeaderBytes + header.Length;
        }

        File.WriteAllBytes(path, bytes[..at]);
    }

    private static async Task<RecordId> AppendAsync(DiskOutbox outbox, string name, int count)
    {
        RecordId last = default;
        for (var i = 0; i < count; i++) last = await outbox.AppendDurableAsync(Drafts.Action($"{name}{i}"), RecordPriority.Action, default);
        return last;
    }

    private DiskOutbox Open(string name) => DiskOutbox.Open(folder[name], new OutboxOptions { GroupSeconds = 0.02 }, NullLogger.Instance, Key);

    private void Copy(string from, string to)
    {
        foreach (var path in Directory.GetFiles(folder[from], "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder[to], Path.GetRelativePath(folder[from], path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
