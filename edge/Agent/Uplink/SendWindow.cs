namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// How many bytes may be on their way to the hub. What is on its way beyond what the line carries in one round trip only
/// waits in somebody's buffer, and the newest position behind it: so the window grows while acknowledgements come about as
/// fast as the fastest of late, and shrinks when they come much later than that.
/// </summary>
/// <param name="options">Bounds.</param>
/// <param name="queueMs">How much later is too late, milliseconds.</param>
internal sealed class SendWindow(UplinkOptions options, int queueMs)
{
    private const int FirstBytes = 4 * 1024;
    private const double Shrink = 0.7;
    private const double Growth = 0.25;

    // The line may change for good: what was fastest is forgotten after one to two of these.
    private const long BaseMs = 300_000;

    private double bytes = First(options);
    private double fastestMs = double.MaxValue;
    private double fastestBeforeMs = double.MaxValue;
    private long baseSinceMs;
    private long shrunkMs;
    private bool starting = true;

    /// <summary>Most bytes on their way.</summary>
    public int Bytes => (int)bytes;

    /// <summary>Most bytes of one batch: the newest position waits behind it once it has begun.</summary>
    public int BatchBytes => Math.Max(512, (int)(bytes / 4));

    /// <summary>The hub has acknowledged a batch.</summary>
    /// <param name="size">Its bytes as sent.</param>
    /// <param name="roundTripMs">Since it was sent.</param>
    /// <param name="wasFull">True when the window, and not the outbox, bounded what was sent.</param>
    /// <param name="nowMs">Monotonic.</param>
    public void Acknowledged(int size, long roundTripMs, bool wasFull, long nowMs)
    {
        if (nowMs - baseSinceMs > BaseMs)
        {
            (fastestBeforeMs, fastestMs, baseSinceMs) = (fastestMs, double.MaxValue, nowMs);
        }

        fastestMs = Math.Min(fastestMs, roundTripMs);
        var queued = roundTripMs - Math.Min(fastestMs, fastestBeforeMs);
        if (queued > queueMs) Lessen(Shrink, nowMs, roundTripMs);
        else if (wasFull) bytes += size * (starting ? 1 : Growth) * (1 - queued / queueMs);
        // Beyond what was configured only step by step, also on a line that has shown no queue yet.
        if (starting && bytes > options.BytesInFlight) (bytes, starting) = (options.BytesInFlight, false);
        bytes = Math.Clamp(bytes, Least, Math.Max(options.BytesInFlightMost, options.BytesInFlight));
    }

    /// <summary>A batch was not acknowledged in time.</summary>
    public void TimedOut(long nowMs) => Lessen(0.5, nowMs, 0);

    /// <summary>A new connection: perhaps another line.</summary>
    public void Restart()
    {
        bytes = Math.Min(bytes, First(options));
        fastestMs = fastestBeforeMs = double.MaxValue;
        starting = true;
    }

    private int Least => Math.Min(options.BytesInFlightLeast, options.BytesInFlight);

    private static int First(UplinkOptions options) => Math.Min(FirstBytes, options.BytesInFlight);

    // Once a round trip: the acknowledgements that follow are of what was sent before.
    private void Lessen(double to, long nowMs, long roundTripMs)
    {
        starting = false;
        if (nowMs - shrunkMs < roundTripMs) return;
        shrunkMs = nowMs;
        bytes = Math.Max(Least, bytes * to);
    }
}
