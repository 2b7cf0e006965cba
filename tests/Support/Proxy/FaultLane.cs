using System.Diagnostics;

namespace ThreeOneOne.Field.Support.Proxy;

/// <summary>
/// One direction of a <see cref="FaultProxy"/>: what the line does to bytes and what it has carried. Every property may be
/// set while connections run. All connections of the proxy share it, as all sessions of a vehicle share its modem.
/// </summary>
public sealed class FaultLane
{
    private readonly Lock gate = new();
    private readonly Random random;
    private readonly Dictionary<string, long> counts = [];
    private long free;
    private long budget = long.MaxValue;
    private TaskCompletionSource? paused;

    internal FaultLane(int seed) => random = new Random(seed);

    /// <summary>Speed of the line in bits a second; 0 is unlimited.</summary>
    public long BitsPerSecond { get; set; }

    /// <summary>One way.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Chance, 0 to 1, that a PUBLISH arrives twice. Plain MQTT only.</summary>
    public double Duplicate { get; set; }

    /// <summary>Chance, 0 to 1, that a PUBLISH is overtaken by those that follow within <see cref="OvertakenBy"/>. Plain MQTT only.</summary>
    public double Reorder { get; set; }

    /// <summary>How long an overtaken PUBLISH is late.</summary>
    public TimeSpan OvertakenBy { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Sees every packet in order and says what becomes of it. Plain MQTT only; must not block.</summary>
    public Func<MqttPacket, PacketFate>? Tap { get; set; }

    /// <summary>Bytes that arrived at the far end.</summary>
    public long Bytes => Count("bytes");

    /// <summary>PUBLISH packets that went in.</summary>
    public long Publishes => Count("publishes");

    public long Duplicated => Count("duplicated");

    public long Reordered => Count("reordered");

    /// <summary>Bytes that a half-open connection swallowed.</summary>
    public long Swallowed => Count("swallowed");

    /// <summary>Cuts that this lane itself made: by <see cref="CutAfterBytes"/> or by its tap.</summary>
    public long Cuts => Count("cuts");

    /// <summary>True: bytes wait on the line until it is false again; nothing is lost.</summary>
    public bool Paused
    {
        get
        {
            lock (gate) return paused is not null;
        }

        set
        {
            lock (gate)
            {
                if (value) paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                else
                {
                    paused?.TrySetResult();
                    paused = null;
                }
            }
        }
    }

    /// <summary>Lets so many more bytes arrive and cuts the connection that carries the last of them, once.</summary>
    public void CutAfterBytes(long bytes)
    {
        lock (gate) budget = bytes;
    }

    internal void Add(string what, long n = 1)
    {
        lock (gate) counts[what] = counts.GetValueOrDefault(what) + n;
    }

    /// <summary>How many bytes to take from the sender at once: on a slow line little, so that its own buffers fill first.</summary>
    internal int Portion(int most) => BitsPerSecond is > 0 and var rate ? (int)Math.Clamp(rate / 8 / 20, 64, most) : most;

    internal Task OpenAsync(CancellationToken cancel)
    {
        lock (gate) return paused?.Task.WaitAsync(cancel) ?? Task.CompletedTask;
    }

    /// <summary>Waits until the line has carried the bytes.</summary>
    internal async Task PaceAsync(int bytes, CancellationToken cancel)
    {
        TimeSpan wait;
        lock (gate)
        {
            if (BitsPerSecond <= 0) return;
            var now = Stopwatch.GetTimestamp();
            free = Math.Max(free, now) + (long)(bytes * 8.0 / BitsPerSecond * Stopwatch.Frequency);
            wait = Stopwatch.GetElapsedTime(now, free);
        }

        if (wait > TimeSpan.FromMilliseconds(2)) await Task.Delay(wait, cancel).ConfigureAwait(false);
    }

    internal bool Chance(double probability)
    {
        if (probability <= 0) return false;
        lock (gate) return random.NextDouble() < probability;
    }

    /// <returns>How many of the bytes may still pass; fewer than asked means: cut behind them.</returns>
    internal int Spend(int bytes)
    {
        lock (gate)
        {
            var allowed = (int)Math.Min(bytes, budget);
            if (allowed < bytes) budget = long.MaxValue;
            else if (budget != long.MaxValue) budget -= bytes;
            return allowed;
        }
    }

    private long Count(string what)
    {
        lock (gate) return counts.GetValueOrDefault(what);
    }
}
