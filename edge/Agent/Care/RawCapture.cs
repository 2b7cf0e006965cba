using System.Globalization;
using System.IO.Compression;
using System.Text;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>
/// What the sensors say for a while, unprocessed: packed lines <c>m,ms,x,y,z</c> (m/s²), <c>l,ms,lux</c> and
/// <c>g,ms,latitude,longitude,m/s,degrees,hdop</c>, milliseconds from the first line's time. A crewed vehicle is heard only
/// while its shift lets it be: what comes off shift is left out, and the end of the shift ends the capture.
/// </summary>
public sealed class RawCapture
{
    /// <summary>Longest capture, seconds.</summary>
    public const int MostSeconds = 300;

    // At 400 Hz of acceleration.
    private const int MostTextBytes = 6 * 1024 * 1024;
    private const double PackedShare = 0.35;
    private const int MotionBytes = 27;
    private const int LuxBytes = 16;
    private const int FixBytes = 56;

    private readonly Lock one = new();
    private readonly ShiftGate gate;
    private readonly DeviceClock clock;
    private readonly TimeProvider time;
    private readonly long sinceMs;
    private long samples;
    private long lux;
    private long fixes;
    private StringBuilder? taking;
    private long beganMs;

    public RawCapture(ShiftGate gate, DeviceClock clock, TimeProvider time, AccelerometerTap? motion, LuxTap? light, FixFeed feed)
    {
        this.gate = gate;
        this.clock = clock;
        this.time = time;
        sinceMs = clock.MonotonicMs;
        if (motion is not null) motion.Heard += Hear;
        if (light is not null) light.Heard += Hear;
        feed.Subscribe(Hear);
    }

    /// <summary>About how many bytes a capture would be, by what came so far.</summary>
    public long Estimate(int seconds)
    {
        lock (one)
        {
            var passed = Math.Max(1, (clock.MonotonicMs - sinceMs) / 1000.0);
            var text = (samples * MotionBytes) + (lux * LuxBytes) + (fixes * FixBytes);
            return (long)(Math.Min(MostTextBytes, text / passed * seconds) * PackedShare);
        }
    }

    /// <summary>Listens for so long.</summary>
    /// <returns>Gzip, and what is in it, for a person.</returns>
    /// <exception cref="InvalidOperationException">A crewed vehicle off shift, or one is being taken already.</exception>
    public async Task<(byte[] Gzip, string Says)> TakeAsync(int seconds, CancellationToken stop)
    {
        if (!IsAllowed) throw new InvalidOperationException("the vehicle is off shift: nothing is captured of its crew then");
        long before;
        lock (one)
        {
            if (taking is not null) throw new InvalidOperationException("a capture is under way");
            taking = new StringBuilder();
            beganMs = clock.MonotonicMs;
            before = samples + lux + fixes;
            taking.Append(CultureInfo.InvariantCulture, $"t,{clock.Now:O}\n");
        }

        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), time);
            while (clock.MonotonicMs - beganMs < seconds * 1000L && IsAllowed && await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                // Until its time is over.
            }
        }
        catch
        {
            lock (one) taking = null;
            throw;
        }

        string text;
        long heard;
        lock (one)
        {
            text = taking.ToString();
            taking = null;
            heard = samples + lux + fixes - before;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(Encoding.ASCII.GetBytes(text));
        var took = (clock.MonotonicMs - beganMs) / 1000.0;
        return (packed.ToArray(), string.Create(CultureInfo.InvariantCulture, $"{heard} readings in {took:F0} s{(IsAllowed ? "" : "; the shift ended")}, {packed.Length} bytes"));
    }

    private bool IsAllowed => gate.Pass(clock.Boot, clock.MonotonicMs).Allowed;

    private void Hear(AccelBlock block)
    {
        lock (one)
        {
            samples += block.Samples.Count;
            if (!MayTake(block.MonotonicMs)) return;
            // The samples of a block are timed by the sensor; its end is timed by the clock.
            var last = block.Samples[^1].Time;
            foreach (var sample in block.Samples)
            {
                var at = block.MonotonicMs - (last - sample.Time).TotalMilliseconds - beganMs;
                taking!.Append(CultureInfo.InvariantCulture, $"m,{at:F0},{sample.X:F3},{sample.Y:F3},{sample.Z:F3}\n");
            }
        }
    }

    private void Hear(LuxSample sample)
    {
        lock (one)
        {
            lux++;
            if (MayTake(sample.MonotonicMs)) taking!.Append(CultureInfo.InvariantCulture, $"l,{sample.MonotonicMs - beganMs},{sample.Lux:F2}\n");
        }
    }

    private void Hear(Fix fix)
    {
        lock (one)
        {
            fixes++;
            if (!MayTake(fix.MonotonicMs)) return;
            taking!.Append(CultureInfo.InvariantCulture, $"g,{fix.MonotonicMs - beganMs},{fix.At.Latitude:F7},{fix.At.Longitude:F7},{fix.SpeedMps:F2},{fix.CourseDeg:F1},{fix.Hdop:F2}\n");
        }
    }

    private bool MayTake(long monotonicMs) =>
        taking is { Length: < MostTextBytes } && monotonicMs >= beganMs && gate.Pass(clock.Boot, monotonicMs).Allowed;
}
