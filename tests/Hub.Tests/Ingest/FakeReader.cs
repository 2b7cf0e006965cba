using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>A broker's queue for one session, in memory: what was read and not acknowledged stays at its head.</summary>
internal sealed class FakeReader : IBatchReader
{
    private readonly Lock gate = new();
    private readonly List<LinkMessage> queue = [];
    private readonly SemaphoreSlim arrived = new(0);
    private int read;
    private int batchSize = 500;

    public int Acknowledged { get; private set; }

    public int Waiting
    {
        get
        {
            lock (gate) return queue.Count;
        }
    }

    /// <summary>While set, an acknowledgement fails as it does when the hub dies after the commit.</summary>
    public bool DieBeforeAcknowledging { get; set; }

    public bool IsConnected { get; set; } = true;

    public FakeReader Opened(int most)
    {
        (read, batchSize) = (0, most);
        arrived.Release();
        return this;
    }

    public void Deliver(LinkMessage message)
    {
        lock (gate) queue.Add(message);
        arrived.Release();
    }

    public async ValueTask<IReadOnlyList<LinkMessage>> ReadBatchAsync(CancellationToken stop)
    {
        while (true)
        {
            lock (gate)
            {
                if (read > 0) throw new InvalidOperationException("the batch before was not acknowledged");
                if (queue.Count > 0)
                {
                    read = Math.Min(queue.Count, batchSize);
                    return [.. queue.Take(read)];
                }
            }

            await arrived.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    public ValueTask AcknowledgeBatchAsync(CancellationToken stop)
    {
        if (DieBeforeAcknowledging) throw new IOException("the hub dies here");
        lock (gate)
        {
            queue.RemoveRange(0, read);
            Acknowledged += read;
            read = 0;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
