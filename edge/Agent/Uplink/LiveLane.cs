using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Sends the newest position and nothing else: QoS 0, never stored, never repeated, beside whatever the durable lane is
/// doing. A position that was overtaken before it could leave is forgotten.
/// </summary>
/// <param name="options">How often.</param>
/// <param name="topic">The vehicle's live topic.</param>
/// <param name="publisher">The link.</param>
/// <param name="gate">Asked again at the moment of sending.</param>
/// <param name="clock">Stamps.</param>
/// <param name="place">Where to say that the vehicle is (vehicles without a crew: on their street segment); null: nowhere.</param>
/// <param name="detail">What else to say.</param>
public sealed class LiveLane(
    UplinkOptions options,
    Topic topic,
    IPublisher publisher,
    ShiftGate gate,
    DeviceClock clock,
    Func<Fix, GeoPoint?> place,
    Func<Fix, LiveDetail> detail) : IDisposable
{
    private readonly string topicText = topic.ToString();
    private readonly Wake wake = new();
    private Fix? newest;

    /// <summary>Offers a position; it replaces one that still waits.</summary>
    public void Offer(Fix fix)
    {
        Interlocked.Exchange(ref newest, fix);
        wake.Set();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var interval = TimeSpan.FromMilliseconds(options.LiveIntervalMs);
        while (!stop.IsCancellationRequested)
        {
            await wake.WaitAsync(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
            if (Interlocked.Exchange(ref newest, null) is not { } fix || !publisher.IsConnected) continue;
            if (Message(fix) is not { } message) continue;
            await publisher.PublishAsync(topicText, message, Qos.AtMostOnce, retain: false, stop).ConfigureAwait(false);
            await Task.Delay(interval, stop).ConfigureAwait(false);
        }
    }

    public void Dispose() => wake.Dispose();

    private byte[]? Message(Fix fix)
    {
        var passage = gate.Pass(clock.Boot, fix.MonotonicMs);
        if (!passage.Allowed || place(fix) is not { } at) return null;
        var more = detail(fix);
        var position = new LivePosition
        {
            Stamp = clock.StampFor(fix),
            At = at.Rounded(),
            SpeedMps = Math.Round(fix.SpeedMps, 2),
            CourseDeg = fix.CourseDeg is { } course ? Math.Round(course) : null,
            Hdop = fix.Hdop,
            Activity = more.Activity,
            Crew = passage.Duty?.Crew,
            Shift = passage.Duty?.Shift,
            Order = more.Order,
            Lux = more.Lux,
            ShockMps2 = more.ShockMps2,
        };
        return WireCodec.Encode(position, WireJson.Default.LivePosition);
    }
}
