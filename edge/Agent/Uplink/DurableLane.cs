using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Sends what the outbox holds until the hub says that it has committed it. A broker's answer is flow control only: a
/// batch is forgotten when the hub acknowledges it, and sent again when it does not in time or the connection changes.
/// The bytes on their way are bounded; actions and faults do not wait behind tracks.
/// </summary>
public sealed class DurableLane : IDisposable
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    private readonly Lock one = new();
    private readonly List<SentBatch> sent = [];
    private readonly Wake wake = new();
    private readonly UplinkOptions options;
    private readonly Topic topic;
    private readonly string topicText;
    private readonly IPublisher publisher;
    private readonly DiskOutbox outbox;
    private readonly DeviceClock clock;
    private readonly Random jitter;
    private readonly ILogger log;
    private int timeouts;
    private long holdUntilMs;

    public DurableLane(UplinkOptions options, Topic topic, IPublisher publisher, DiskOutbox outbox, DeviceClock clock, Random jitter, ILogger log)
    {
        this.options = options;
        this.topic = topic;
        topicText = topic.ToString();
        this.publisher = publisher;
        this.outbox = outbox;
        this.clock = clock;
        this.jitter = jitter;
        this.log = log;
        outbox.Ready += wake.Set;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            GiveBackLate();
            if (publisher.IsConnected && clock.MonotonicMs >= holdUntilMs) Fill(stop);
            await wake.WaitAsync(NextLook(), stop).ConfigureAwait(false);
        }
    }

    /// <summary>The hub has committed records.</summary>
    public void OnAck(Ack ack)
    {
        outbox.Acknowledge(ack.Epoch, ack.Ranges.Where(r => r.Length == 2).Select(r => (r[0], r[1])));
        foreach (var aside in ack.Aside ?? []) log.KeptAside(aside.Seq, ack.Epoch, aside.Reason);
        lock (one)
        {
            timeouts = 0;
            sent.RemoveAll(s => s.Batch.Epoch == ack.Epoch && s.Batch.Seqs.All(q => !outbox.IsWaiting(new RecordId(ack.Epoch, q))));
        }

        wake.Set();
    }

    /// <summary>The connection came or went: what was on its way is sent again on the new one.</summary>
    public void OnConnectionChange()
    {
        lock (one)
        {
            foreach (var batch in sent) GiveBack(batch);
            sent.Clear();
            timeouts = 0;
        }

        wake.Set();
    }

    /// <summary>Sends everything again that the hub has not acknowledged.</summary>
    public void ResendAll() => OnConnectionChange();

    public void Dispose()
    {
        outbox.Ready -= wake.Set;
        wake.Dispose();
    }

    private void Fill(CancellationToken stop)
    {
        while (true)
        {
            SentBatch batch;
            byte[] message;
            lock (one)
            {
                var onTheWay = sent.Sum(s => s.Bytes);
                RecordPriority upTo;
                if (onTheWay < options.BytesInFlight) upTo = RecordPriority.Bulk;
                else if (onTheWay < 2 * options.BytesInFlight) upTo = RecordPriority.Fault;
                else return;
                if (outbox.Take(options.BatchRecords, options.BatchBytes, upTo) is not { } taken) return;
                message = WireCodec.Encode(UpBatchWriter.Write(new UpBatch(WireCodec.Version, topic.Vehicle, taken.Epoch, taken.Records)));
                batch = new SentBatch(taken, message.Length);
                sent.Add(batch);
            }

            _ = PublishAsync(batch, message, stop);
        }
    }

    private async Task PublishAsync(SentBatch batch, byte[] message, CancellationToken stop)
    {
        DeliveryResult result;
        try
        {
            result = await publisher.PublishAsync(topicText, message, Qos.AtLeastOnce, retain: false, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return;
        }

        lock (one)
        {
            if (batch.Abandoned) return;
            if (result == DeliveryResult.Accepted)
            {
                batch.DeadlineMs = clock.MonotonicMs + WaitMs();
            }
            else
            {
                if (result == DeliveryResult.Refused) log.Refused(topicText);
                GiveBack(batch);
                sent.Remove(batch);
                holdUntilMs = clock.MonotonicMs + (long)AfterRefusal.TotalMilliseconds;
            }
        }

        wake.Set();
    }

    private void GiveBackLate()
    {
        lock (one)
        {
            var now = clock.MonotonicMs;
            var late = sent.FindAll(s => s.DeadlineMs <= now);
            if (late.Count == 0) return;
            log.NotAcknowledged(late.Count, late.Sum(s => s.Batch.Seqs.Count));
            foreach (var batch in late) GiveBack(batch);
            sent.RemoveAll(late.Contains);
            timeouts++;
        }
    }

    private void GiveBack(SentBatch batch)
    {
        batch.Abandoned = true;
        outbox.Release(batch.Batch);
    }

    private TimeSpan NextLook()
    {
        lock (one)
        {
            var now = clock.MonotonicMs;
            var next = sent.Min(s => s.DeadlineMs) ?? long.MaxValue;
            if (holdUntilMs > now) next = Math.Min(next, holdUntilMs);
            return next == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(1, next - now));
        }
    }

    // Doubled at each time-out, and spread, so that a fleet does not resend in step to a hub that is catching up.
    private long WaitMs()
    {
        var seconds = Math.Min(options.AckSeconds * Math.Pow(2, Math.Min(timeouts, 16)), options.AckSecondsMax);
        return (long)(seconds * 1000 * (0.8 + 0.4 * jitter.NextDouble()));
    }
}
