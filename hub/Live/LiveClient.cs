using System.Threading.Channels;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>
/// One client's line of ticks. Bounded: a client that does not keep up loses its line and gets a fresh snapshot when it
/// is back, while nobody else waits.
/// </summary>
internal sealed class LiveClient(int capacity)
{
    private readonly Channel<LiveFrame> line = Channel.CreateBounded<LiveFrame>(
        new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private bool overrun;

    /// <summary>Called under the feed's lock.</summary>
    /// <returns>False when the line was full: this client fell behind just now.</returns>
    public bool Offer(LiveFrame frame)
    {
        if (overrun) return true;
        if (line.Writer.TryWrite(frame)) return true;
        overrun = true;
        return false;
    }

    /// <summary>Waits for a tick.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken stop) => line.Reader.WaitToReadAsync(stop);

    public bool TryRead(out LiveFrame? frame) => line.Reader.TryRead(out frame);

    /// <summary>Called under the feed's lock: forgets the line if it overran, because a snapshot follows.</summary>
    public bool TakeOverrun()
    {
        if (!overrun) return false;
        overrun = false;
        while (line.Reader.TryRead(out _))
        {
            // Dropped: the snapshot holds all of it.
        }

        return true;
    }
}
