using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

public class DiskOutboxTests : IDisposable
{
    protected virtual DataKey? Key => null;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Restart_gives_unacknowledged_records_again_and_acknowledged_ones_are_gone()
    {
        string epoch;
        await using (var outbox = Open())
        {
            epoch = outbox.Epoch;
            for (var i = 0; i < 5; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
            var batch = outbox.Take(100, 100_000, RecordPriority.Bulk)!;
            Assert.Equal([1L, 2, 3, 4, 5], batch.Seqs);
            Assert.Equal(2, outbox.Acknowledge(epoch, [(2, 2), (4, 4)]));
        }

        await using var again = Open();
        Assert.Equal(epoch, again.Epoch);
        Assert.Equal([1L, 3, 5], again.Take(100, 100_000, RecordPriority.Bulk)!.Seqs);
        var id = await again.AppendDurableAsync(Drafts.Action("a5"), RecordPriority.Action, default);
        Assert.Equal(6, id.Seq);
    }

    [Fact]
    public async Task Urgent_records_leave_before_older_bulk()
    {
        await using var outbox = Open();
        outbox.Append(Drafts.Health(), RecordPriority.Bulk);
        outbox.Append(Drafts.Track(), RecordPriority.Track);
        outbox.Append(Drafts.Pothole(), RecordPriority.Fault);
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        Assert.Equal([4L, 3], outbox.Take(100, 100_000, RecordPriority.Fault)!.Seqs);
        Assert.Equal([2L, 1], outbox.Take(100, 100_000, RecordPriority.Bulk)!.Seqs);
        Assert.Null(outbox.Take(100, 100_000, RecordPriority.Bulk));
    }

    [Fact]
    public async Task Nothing_can_be_taken_before_its_fsync()
    {
        await using var outbox = Open(new OutboxOptions { GroupSeconds = 10 });
        var first = outbox.Append(Drafts.Track(), RecordPriority.Track);
        Assert.Null(outbox.Take(100, 100_000, RecordPriority.Bulk));
        Assert.Equal(1, outbox.Counts.Records);
        Assert.True(outbox.IsWaiting(first!.Value));

        // Whoever waits takes the group along.
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        Assert.Equal([2L, 1], outbox.Take(100, 100_000, RecordPriority.Bulk)!.Seqs);
    }

    [Fact]
    public async Task A_group_becomes_durable_by_itself()
    {
        await using var outbox = Open(new OutboxOptions { GroupSeconds = 0.02 });
        var ready = new TaskCompletionSource();
        outbox.Ready += () => ready.TrySetResult();
        outbox.Append(Drafts.Track(), RecordPriority.Track);
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(outbox.Take(100, 100_000, RecordPriority.Bulk));
    }

    [Fact]
    public async Task Released_records_are_taken_again_in_their_order()
    {
        await using var outbox = Open();
        for (var i = 0; i < 4; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
        var first = outbox.Take(2, 100_000, RecordPriority.Bulk)!;
        var second = outbox.Take(2, 100_000, RecordPriority.Bulk)!;
        outbox.Acknowledge(outbox.Epoch, [(1, 1)]);
        outbox.Release(second);
        outbox.Release(first);
        Assert.Equal([2L, 3, 4], outbox.Take(100, 100_000, RecordPriority.Bulk)!.Seqs);
    }

    [Fact]
    public async Task Files_are_removed_when_all_of_them_is_acknowledged()
    {
        var options = new OutboxOptions { SegmentBytes = 4096, GroupSeconds = 0.01 };
        await using var outbox = Open(options);
        for (var i = 0; i < 200; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
        Assert.True(Segments().Length > 5);
        outbox.Acknowledge(outbox.Epoch, [(1, 200)]);
        Assert.Single(Segments());
        Assert.Equal(0, outbox.Counts.Records);
        Assert.Equal(201, (await outbox.AppendDurableAsync(Drafts.Action("b"), RecordPriority.Action, default)).Seq);
    }

    [Fact]
    public async Task Sequence_numbers_go_on_after_everything_was_acknowledged()
    {
        await using (var outbox = Open())
        {
            for (var i = 0; i < 10; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
            outbox.Acknowledge(outbox.Epoch, [(1, 10)]);
        }

        await using var again = Open();
        Assert.Equal(0, again.Counts.Records);
        Assert.Equal(11, (await again.AppendDurableAsync(Drafts.Action("b"), RecordPriority.Action, default)).Seq);
    }

    [Fact]
    public async Task The_append_log_says_what_was_stored_byte_for_byte()
    {
        var options = new OutboxOptions { AppendLog = folder["append.log"] };
        await using var outbox = Open(options);
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        var batch = outbox.Take(1, 1, RecordPriority.Bulk)!;
        var line = $"{outbox.Epoch} 1 Action {WireCodec.ContentHash(batch.Records[0].Span)}";
        Assert.Equal([line], await ReadLogAsync(options.AppendLog));
    }

    [Fact]
    public async Task The_append_log_gets_what_a_killed_process_left_out()
    {
        var options = new OutboxOptions { AppendLog = folder["append.log"] };
        await using (var outbox = Open(options))
        {
            for (var i = 0; i < 3; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
        }

        var whole = await File.ReadAllTextAsync(options.AppendLog);
        await File.WriteAllTextAsync(options.AppendLog, whole[..(whole.Length / 2)]);
        await using var again = Open(options);
        Assert.Equal(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries), await ReadLogAsync(options.AppendLog));
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_folder_is_taken()
    {
        await using var outbox = Open();
        Assert.Contains("another process", Assert.Throws<IOException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_again_while_the_disk_fails_is_told_each_time_and_at_last_that_it_is_saved()
    {
        // Each group in a file of its own: without the folder there is no write.
        await using var outbox = Open(new OutboxOptions { SegmentBytes = 1, GroupSeconds = 0.05 });
        await outbox.AppendDurableAsync(Drafts.Action("first"), RecordPriority.Action, default);
        outbox.Acknowledge(outbox.Epoch, [(1, 1)]);
        var epoch = Path.Combine(folder["outbox"], outbox.Epoch);
        Directory.Move(epoch, folder["away"]);
        var id = outbox.Append(Drafts.Action("a"), RecordPriority.Action)!.Value;
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<OutboxException>(async () => await outbox.EnsureDurableAsync(id, default).AsTask().WaitAsync(TimeSpan.FromMinutes(1)));
        Directory.Move(folder["away"], epoch);
        await outbox.EnsureDurableAsync(id, default).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([2L], outbox.Take(1, 1, RecordPriority.Bulk)!.Seqs);
    }

    [Fact]
    public async Task What_was_appended_during_the_last_write_is_written_at_the_end()
    {
        for (var i = 0; i < 40; i++)
        {
            var outbox = Open(new OutboxOptions { GroupSeconds = 10 });
            var first = outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default).AsTask();
            SpinWait.SpinUntil(() => outbox.IsWriting, 1000);
            outbox.Append(Drafts.Track(i), RecordPriority.Track);
            await outbox.DisposeAsync();
            await first;
        }

        await using var again = Open();
        Assert.Equal(80, again.Counts.Records);
    }

    [Fact]
    public async Task An_acknowledgement_that_a_full_disk_cannot_note_frees_its_files_all_the_same()
    {
        await Open().DisposeAsync();
        var acknowledged = Assert.Single(Directory.GetFiles(folder["outbox"], "acknowledged", SearchOption.AllDirectories));
        File.Delete(acknowledged);
        File.CreateSymbolicLink(acknowledged, "/dev/full");
        await using var outbox = Open(new OutboxOptions { SegmentBytes = 4096, GroupSeconds = 0.01 });
        for (var i = 0; i < 100; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
        Assert.Equal(100, outbox.Acknowledge(outbox.Epoch, [(1, 40), (41, 100)]));
        Assert.Single(Segments());
    }

    [Fact]
    public async Task Acknowledgements_go_on_after_their_file_could_not_be_rewritten()
    {
        await using var outbox = Open();
        for (var i = 0; i < 7000; i++) outbox.Append(Drafts.Health(i), RecordPriority.Bulk);
        await outbox.FlushAsync(default);
        var epoch = Path.Combine(folder["outbox"], outbox.Epoch);
        Directory.Move(epoch, folder["away"]);
        for (var seq = 1; seq <= 6800; seq += 2) outbox.Acknowledge(outbox.Epoch, [(seq, seq)]);
        Directory.Move(folder["away"], epoch);
        Assert.Equal(1, outbox.Acknowledge(outbox.Epoch, [(7000, 7000)]));
        Assert.Equal(7000 - 3401, outbox.Counts.Records);
    }

    [Fact]
    public async Task A_rewritten_list_of_acknowledgements_still_holds_what_memory_has_given_up()
    {
        var options = new OutboxOptions { SegmentBytes = 16 * 1024 * 1024, GroupSeconds = 0.01 };
        await using (var outbox = Open(options))
        {
            for (var i = 0; i < 15_000; i++) outbox.Append(Drafts.Health(i), RecordPriority.Bulk);
            await outbox.FlushAsync(default);
            outbox.Acknowledge(outbox.Epoch, [(1, 8_000)]);
            for (var seq = 8_001; seq <= 14_800; seq += 2) outbox.Acknowledge(outbox.Epoch, [(seq, seq)]);
        }

        await using var again = Open(options);
        Assert.Equal(15_000 - 8_000 - 3_400, again.Counts.Records);
    }

    private DiskOutbox Open(OutboxOptions? options = null) =>
        DiskOutbox.Open(folder["outbox"], options ?? new OutboxOptions { GroupSeconds = 0.05 }, NullLogger.Instance, Key);

    private string[] Segments() => Directory.GetFiles(folder["outbox"], "*.seg", SearchOption.AllDirectories);

    private static async Task<string[]> ReadLogAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
