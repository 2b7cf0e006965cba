using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// Reads the broker and IoT Hub in turns, as one reader: a batch is of one of them, and its acknowledgement goes there. Event Grid's call
/// is answered with it, and so only after the commit.
/// </summary>
internal sealed class JoinedReader : IBatchReader
{
    private readonly IBatchReader broker;
    private readonly Inbox inbox;
    private readonly int batchSize;
    private readonly CancellationTokenSource end = new();
    private Task<IReadOnlyList<LinkMessage>>? fromBroker;
    private List<Parcel> parcels = [];
    private bool brokersTurn;

    public JoinedReader(IBatchReader broker, Inbox inbox, int batchSize)
    {
        (this.broker, this.inbox, this.batchSize) = (broker, inbox, batchSize);
        inbox.Open();
    }

    public bool IsConnected => broker.IsConnected;

    public async ValueTask<IReadOnlyList<LinkMessage>> ReadBatchAsync(CancellationToken stop)
    {
        if (parcels.Count > 0) return Messages();
        while (true)
        {
            fromBroker ??= broker.ReadBatchAsync(end.Token).AsTask();
            if (!(brokersTurn && fromBroker.IsCompleted) && Gather())
            {
                brokersTurn = true;
                return Messages();
            }

            if (fromBroker.IsCompleted)
            {
                // Forgotten first: one that failed is not asked for its result again.
                var read = fromBroker;
                (fromBroker, brokersTurn) = (null, false);
                var batch = await read.ConfigureAwait(false);
                if (batch.Count > 0) return batch;
            }
            else
            {
                using var wake = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await Task.WhenAny(fromBroker, inbox.WaitAsync(wake.Token)).ConfigureAwait(false);
                await wake.CancelAsync().ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    public ValueTask AcknowledgeBatchAsync(CancellationToken stop)
    {
        if (parcels.Count == 0) return broker.AcknowledgeBatchAsync(stop);
        foreach (var parcel in parcels) parcel.Commit();
        parcels = [];
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        inbox.Close();
        while (inbox.Take() is { } parcel) parcels.Add(parcel);
        foreach (var parcel in parcels) parcel.GiveUp();
        await end.CancelAsync().ConfigureAwait(false);
        await broker.DisposeAsync().ConfigureAwait(false);
        if (fromBroker is not null) await ((Task)fromBroker).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private bool Gather()
    {
        for (var count = 0; count < batchSize && inbox.Take() is { } parcel;)
        {
            parcels.Add(parcel);
            count += parcel.Messages.Count;
        }

        return parcels.Count > 0;
    }

    private List<LinkMessage> Messages() => [.. parcels.SelectMany(p => p.Messages)];
}
