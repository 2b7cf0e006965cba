using ThreeOneOne.Field.Hub.Azure;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Tests.Azure;

/// <summary>What Event Grid hears depends on when a batch counts as committed.</summary>
public sealed class JoinedReaderTests
{
    private static readonly LinkMessage Message = new(Sample.UpTopic, new byte[600_000], Retained: false);

    [Fact]
    public async Task A_parcel_counts_as_committed_when_its_batch_is_acknowledged_and_not_before()
    {
        var inbox = new Inbox(2_000_000);
        await using var reader = new JoinedReader(new FakeReader().Opened(10), inbox, 10);
        var parcel = new Parcel([Message]);
        Assert.True(inbox.Offer(parcel));

        Assert.Single(await reader.ReadBatchAsync(default));
        Assert.False(parcel.Committed.IsCompleted);
        // A batch that could not be stored is read again.
        Assert.Single(await reader.ReadBatchAsync(default));
        await reader.AcknowledgeBatchAsync(default);

        Assert.True(parcel.Committed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Broker_and_IoT_Hub_take_turns_and_each_is_acknowledged_for_its_own()
    {
        var broker = new FakeReader().Opened(1);
        var inbox = new Inbox(100_000_000);
        await using var reader = new JoinedReader(broker, inbox, 1);
        var parcels = Enumerable.Range(0, 3).Select(_ => new Parcel([Message])).ToList();
        foreach (var parcel in parcels) inbox.Offer(parcel);
        for (var i = 0; i < 3; i++) broker.Deliver(new LinkMessage(Sample.LiveTopic, new byte[1], Retained: false));

        var fromBroker = 0;
        for (var i = 0; i < 6; i++)
        {
            fromBroker += (await reader.ReadBatchAsync(default))[0].Topic == Sample.LiveTopic ? 1 : 0;
            await reader.AcknowledgeBatchAsync(default);
            Assert.InRange(fromBroker, i / 2 - 1, (i / 2) + 1);
        }

        Assert.Equal((3, 0), (broker.Acknowledged, broker.Waiting));
        Assert.All(parcels, p => Assert.True(p.Committed.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Nothing_is_taken_without_a_reader_or_beyond_the_bound_and_an_end_gives_back()
    {
        var inbox = new Inbox(1_000_000);
        Assert.False(inbox.Offer(new Parcel([Message])));
        var reader = new JoinedReader(new FakeReader().Opened(10), inbox, 10);
        var first = new Parcel([Message]);
        Assert.True(inbox.Offer(first));
        Assert.False(inbox.Offer(new Parcel([Message])));

        await reader.ReadBatchAsync(default);
        var second = new Parcel([Message]);
        Assert.True(inbox.Offer(second));
        await reader.DisposeAsync();

        Assert.True(first.Committed.IsCanceled && second.Committed.IsCanceled);
        Assert.False(inbox.Offer(new Parcel([Message])));
    }

    [Fact]
    public async Task A_read_of_the_broker_that_failed_is_tried_anew()
    {
        await using var reader = new JoinedReader(new FailingOnce(), new Inbox(1_000_000), 10);
        await Assert.ThrowsAsync<IOException>(async () => await reader.ReadBatchAsync(default));
        Assert.Single(await reader.ReadBatchAsync(default));
    }

    [Fact]
    public async Task A_reader_that_is_told_to_stop_stops()
    {
        await using var reader = new JoinedReader(new FakeReader().Opened(10), new Inbox(1_000_000), 10);
        using var stop = new CancellationTokenSource();
        var reading = reader.ReadBatchAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private sealed class FailingOnce : IBatchReader
    {
        private bool failed;

        public bool IsConnected => failed;

        public ValueTask<IReadOnlyList<LinkMessage>> ReadBatchAsync(CancellationToken stop)
        {
            if (failed) return ValueTask.FromResult<IReadOnlyList<LinkMessage>>([Message]);
            failed = true;
            return ValueTask.FromException<IReadOnlyList<LinkMessage>>(new IOException("the broker is gone"));
        }

        public ValueTask AcknowledgeBatchAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
