using System.Threading.Channels;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>What waits for one reader of the hub. Bounded by bytes; what does not fit Event Grid keeps.</summary>
internal sealed class Inbox(long mostBytes)
{
    private readonly Channel<Parcel> waiting = Channel.CreateUnbounded<Parcel>(new UnboundedChannelOptions { SingleReader = true });
    private long bytes;
    private int readers;

    /// <returns>False: nobody reads, or it is full.</returns>
    public bool Offer(Parcel parcel)
    {
        if (Volatile.Read(ref readers) == 0) return false;
        if (Interlocked.Add(ref bytes, parcel.Bytes) <= mostBytes && waiting.Writer.TryWrite(parcel)) return true;
        Interlocked.Add(ref bytes, -parcel.Bytes);
        return false;
    }

    public Parcel? Take()
    {
        if (!waiting.Reader.TryRead(out var parcel)) return null;
        Interlocked.Add(ref bytes, -parcel.Bytes);
        return parcel;
    }

    public Task WaitAsync(CancellationToken stop) => waiting.Reader.WaitToReadAsync(stop).AsTask();

    public void Open() => Interlocked.Increment(ref readers);

    public void Close() => Interlocked.Decrement(ref readers);
}
