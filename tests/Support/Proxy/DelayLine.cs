using System.Diagnostics;

namespace ThreeOneOne.Field.Support.Proxy;

/// <summary>Bytes on the way, each with the moment at which it arrives. Bounded: a full line holds the sender back.</summary>
internal sealed class DelayLine : IDisposable
{
    private const int MostPieces = 512;

    private readonly PriorityQueue<(byte[] Bytes, PacketFate Fate), (long Due, long Number)> queue = new();
    private readonly SemaphoreSlim room = new(MostPieces);
    private readonly SemaphoreSlim arrived = new(0);
    private long number;

    // Due is in ticks of the stopwatch.
    public async ValueTask AddAsync(byte[] bytes, PacketFate fate, long due, CancellationToken cancel)
    {
        await room.WaitAsync(cancel).ConfigureAwait(false);
        lock (queue) queue.Enqueue((bytes, fate), (due, number++));
        arrived.Release();
    }

    /// <summary>Waits for the next piece that has arrived at the far end.</summary>
    public async ValueTask<(byte[] Bytes, PacketFate Fate)> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            TimeSpan wait;
            lock (queue)
            {
                if (!queue.TryPeek(out var piece, out var key)) wait = Timeout.InfiniteTimeSpan;
                else if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), key.Due) is { Ticks: > 0 } left) wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(left.TotalMilliseconds)));
                else
                {
                    queue.Dequeue();
                    room.Release();
                    return piece;
                }
            }

            await arrived.WaitAsync(wait, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        room.Dispose();
        arrived.Dispose();
    }
}
