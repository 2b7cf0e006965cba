using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>The hash chain of an epoch: whoever has the records and the head knows whether one is missing.</summary>
public class ChainTests : IDisposable
{
    protected virtual DataKey? Key => null;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Actions_faults_and_the_like_are_links_and_bulk_is_not()
    {
        await using var outbox = Open();
        outbox.Append(Drafts.Health(), RecordPriority.Bulk);
        outbox.Append(Drafts.Pothole(), RecordPriority.Fault);
        outbox.Append(Drafts.Lamp(LampVerdict.Lit), RecordPriority.Fault);
        outbox.Append(Drafts.Track(), RecordPriority.Track);
        outbox.Append(Drafts.Lamp(LampVerdict.Dark), RecordPriority.Fault);
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        var records = Records(outbox);
        Assert.Equal([null, 1L, null, null, 2L, 3L], records.Select(r => r.Record.Chain?.N));
        var links = records.Where(r => r.Record.Chain is not null).ToList();
        Assert.Equal("", links[0].Record.Chain!.Prev);
        for (var i = 1; i < links.Count; i++) Assert.Equal(links[i - 1].Hash, links[i].Record.Chain!.Prev);
        Assert.Equal([new ChainHead(outbox.Epoch, 3, links[^1].Hash)], outbox.Chains);
    }

    [Fact]
    public async Task The_head_survives_acknowledgement_removal_of_files_and_restarts()
    {
        var options = new OutboxOptions { SegmentBytes = 4096, GroupSeconds = 0.01 };
        ChainHead before;
        await using (var outbox = Open(options))
        {
            for (var i = 0; i < 50; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
            before = Assert.Single(outbox.Chains);
            outbox.Acknowledge(outbox.Epoch, [(1, 50)]);
            // So much that is not chained follows that no link is left in any file.
            for (var i = 0; i < 50; i++) outbox.Append(Drafts.Health(i), RecordPriority.Bulk);
            await outbox.FlushAsync(default);
            for (var i = 0; i < 50; i++) await outbox.AppendDurableAsync(Drafts.Health(i), RecordPriority.Bulk, default);
            outbox.Acknowledge(outbox.Epoch, [(51, 149)]);
        }

        Assert.Equal(50, before.Count);
        await using (var outbox = Open(options)) Assert.Equal([before], outbox.Chains);
        await using var again = Open(options);
        Assert.Equal(50, again.Standing().Actions);
        await again.AppendDurableAsync(Drafts.Action("next"), RecordPriority.Action, default);
        Assert.Equal(new ChainLink(51, before.Head), again.Waiting(k => k == RecordKind.Action)[^1].Record.Chain);
    }

    [Fact]
    public async Task What_is_not_durable_is_no_head_for_the_hub_but_what_is_appended_next_stands_behind_it()
    {
        await using var outbox = Open(new OutboxOptions { GroupSeconds = 10 });
        outbox.Append(Drafts.Action("a"), RecordPriority.Action);
        Assert.Equal(0, Assert.Single(outbox.Chains).Count);
        Assert.Equal(1, Assert.Single(outbox.Standing().Chains).Count);
        Assert.Equal(1, outbox.Standing().Actions);
        await outbox.FlushAsync(default);
        Assert.Equal(outbox.Standing().Chains, outbox.Chains);
    }

    [Fact]
    public async Task An_emptied_folder_is_not_gone_on_with()
    {
        string epoch;
        await using (var outbox = Open())
        {
            await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
            epoch = outbox.Epoch;
        }

        foreach (var segment in Directory.GetFiles(folder["outbox"], "*.seg", SearchOption.AllDirectories)) File.Delete(segment);
        await using var again = Open();
        Assert.NotEqual(epoch, again.Epoch);
    }

    private static List<(WireRecord Record, string Hash)> Records(DiskOutbox outbox)
    {
        var batch = outbox.Take(1000, 1_000_000, RecordPriority.Bulk)!;
        return [.. batch.Records.Select(r => (UpBatchReader.ReadRecord(r), WireCodec.ContentHash(r.Span))).OrderBy(r => r.Item1.Seq)];
    }

    private DiskOutbox Open(OutboxOptions? options = null) =>
        DiskOutbox.Open(folder["outbox"], options ?? new OutboxOptions { GroupSeconds = 0.02 }, NullLogger.Instance, Key);
}
