using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Sends what the outbox holds until the hub says that it has committed it. A broker's answer is flow control only. What
/// was not acknowledged in time or before the connection went may have arrived, so the hub is asked first and only what it
/// misses is sent again; a hub that does not answer gets it again anyway, ever more slowly. The bytes on their way are
/// bounded by what the line carries; actions and faults do not wait behind tracks.
/// </summary>
public sealed class DurableLane : IDisposable
{
    private const long StrangerHoldMs = 30_000;

    // Acknowledgements of a message that was refused come within this, and are not taken for the next one's.
    private const long RefusalHoldMs = 2_000;

    private readonly Lock one = new();
    private readonly List<SentBatch> sent = [];
    private readonly Settled settled = new();
    private readonly Wake wake = new();
    private readonly SendWindow window;
    private readonly Questions questions;
    private readonly Narrowing narrowing;
    private readonly Pace pace;
    private readonly UplinkOptions options;
    private readonly Topic topic;
    private readonly string topicText;
    private readonly IPublisher publisher;
    private readonly DiskOutbox outbox;
    private readonly DeviceClock clock;
    private readonly Random jitter;
    private readonly ILogger log;
    private double encodedShare = 1;
    private bool starting = true;
    private bool refusedBefore;
    private long published;
    private long resent;

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
        window = new SendWindow(options, options.QueueMs);
        pace = new Pace(options, clock, jitter);
        questions = new Questions(outbox);
        narrowing = new Narrowing(options, outbox, log);
        outbox.Ready += wake.Set;
    }

    /// <summary>Records that the hub or the broker refuses one by one: they stay on disk and are not sent again in this run.</summary>
    public int Parked
    {
        get
        {
            lock (one) return narrowing.Parked;
        }
    }

    /// <summary>Bytes that may be on their way now.</summary>
    public int WindowBytes
    {
        get
        {
            lock (one) return window.Bytes;
        }
    }

    /// <summary>Records sent since the start, and how many of those were sent again.</summary>
    public (long Sent, long Resent) Figures => (Interlocked.Read(ref published), Interlocked.Read(ref resent));

    /// <summary>True while records that may be sent now wait: attachments do not go before them.</summary>
    public bool IsBusy
    {
        get
        {
            lock (one) return sent.Count > 0 || outbox.Counts.Records > narrowing.Parked;
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            LookAtDeadlines();
            if (publisher.IsConnected && !pace.Holds)
            {
                if (starting) TakeFront();
                Ask(stop);
                Fill(stop);
            }

            await wake.WaitAsync(NextLook(), stop).ConfigureAwait(false);
        }
    }

    /// <summary>The hub has committed records, answers what it has, or refuses.</summary>
    public void OnAck(Ack ack)
    {
        if (ack.Refused is { } reason)
        {
            OnRefused(reason);
            return;
        }

        List<(long, long)> confirmed;
        lock (one) confirmed = AckCheck.Confirmed(ack, sent, settled);
        var removed = outbox.Acknowledge(ack.Epoch, confirmed);
        foreach (var aside in ack.Aside ?? []) log.KeptAside(aside.Seq, ack.Epoch, aside.Reason);
        lock (one) Settle(ack, removed);
        wake.Set();
    }

    /// <summary>The connection came or went: what was on its way may have arrived.</summary>
    public void OnConnectionChange()
    {
        lock (one)
        {
            foreach (var batch in sent) batch.State = SentState.Unsure;
            pace.Answered();
            questions.Restart();
            window.Restart();
        }

        wake.Set();
    }

    /// <summary>Sends everything again that the hub has not acknowledged and does not have.</summary>
    public void ResendAll()
    {
        lock (one)
        {
            narrowing.Release();
            refusedBefore = false;
        }

        OnConnectionChange();
    }

    public void Dispose()
    {
        outbox.Ready -= wake.Set;
        wake.Dispose();
    }

    // An earlier run may have sent what leaves first. The front is asked for until the hub has nothing of it.
    private void TakeFront()
    {
        lock (one)
        {
            if (sent.Count > 0) return;
            for (var bytes = 0; bytes < options.BytesInFlight && outbox.Take(options.BatchRecords, options.BatchBytes, RecordPriority.Bulk) is { } taken;)
            {
                var size = taken.Records.Sum(r => r.Length);
                bytes += size;
                sent.Add(new SentBatch(taken, 0, clock.MonotonicMs) { State = SentState.Unsure });
            }

            if (sent.Count == 0) starting = false;
        }
    }

    private void Fill(CancellationToken stop)
    {
        while (true)
        {
            SentBatch batch;
            byte[] message;
            lock (one)
            {
                if (starting || (narrowing.OneAtATime && sent.Count > 0) || Next() is not { } taken) return;
                var json = UpBatchWriter.Write(new UpBatch(WireCodec.Version, topic.Vehicle, taken.Epoch, taken.Records));
                message = WireCodec.Encode(json, WireCodec.EffortFor(json.Length));
                encodedShare = Math.Clamp((0.8 * encodedShare) + (0.2 * message.Length / json.Length), 0.02, 1);
                batch = new SentBatch(taken, message.Length, clock.MonotonicMs);
                if (message.Length > WireCodec.MaxEncodedBytes || json.Length > WireCodec.MaxJsonBytes)
                {
                    narrowing.Halve(batch, "longer than the contract allows");
                    continue;
                }

                sent.Add(batch);
                published += taken.Records.Count;
            }

            _ = PublishAsync(batch, message, stop);
        }
    }

    // Urgent records go in batches of their own: what is small arrives soon.
    private OutboxBatch? Next()
    {
        var onTheWay = sent.Sum(s => s.Bytes);
        var raw = (int)Math.Clamp(window.BatchBytes / encodedShare, 512, options.BatchBytes);
        if (onTheWay < 2 * window.Bytes && outbox.Take(narrowing.MostRecords, raw, RecordPriority.Fault) is { } urgent) return urgent;
        if (onTheWay >= window.Bytes || !pace.MayDrain || outbox.Take(narrowing.MostRecords, raw, RecordPriority.Bulk) is not { } bulk) return null;
        pace.Drained((int)(bulk.Records.Sum(r => r.Length) * encodedShare));
        return bulk;
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
            if (batch.State != SentState.OnTheWay || !sent.Contains(batch)) return;
            switch (result)
            {
                case DeliveryResult.Accepted:
                    batch.DeadlineMs = clock.MonotonicMs + pace.WaitMs();
                    refusedBefore = false;
                    pace.Allowed();
                    break;
                case DeliveryResult.TooLarge:
                    sent.Remove(batch);
                    narrowing.Halve(batch, "longer than the broker takes");
                    break;
                case DeliveryResult.Refused:
                    // Said once: the rules may take a while to hear of a new vehicle.
                    if (!refusedBefore) log.Refused(topicText);
                    refusedBefore = true;
                    sent.Remove(batch);
                    GiveBack(batch);
                    pace.Refused();
                    break;
                default:
                    batch.State = SentState.Unsure;
                    pace.Hold();
                    break;
            }
        }

        wake.Set();
    }

    private void Ask(CancellationToken stop)
    {
        byte[] message;
        lock (one)
        {
            if (questions.Next(sent) is not var (epoch, ranges)) return;
            questions.DeadlineMs = clock.MonotonicMs + pace.WaitMs();
            message = WireCodec.Encode(UpBatchWriter.Write(new UpBatch(WireCodec.Version, topic.Vehicle, epoch, [], ranges)));
        }

        _ = PublishAskAsync(message, stop);
    }

    private async Task PublishAskAsync(byte[] message, CancellationToken stop)
    {
        try
        {
            // Whatever becomes of it, the deadline looks after it.
            await publisher.PublishAsync(topicText, message, Qos.AtLeastOnce, retain: false, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The lane ends.
        }
    }

    private void Settle(Ack ack, int removed)
    {
        var now = clock.MonotonicMs;
        var wasFull = sent.Sum(s => s.Bytes) >= window.Bytes / 2;
        foreach (var batch in sent.Where(s => s.Batch.Epoch == ack.Epoch && ack.Ranges.Any(r => r is [var first, var last] && s.Overlaps(first, last))).ToList())
        {
            if (batch.Batch.Seqs.Any(q => outbox.IsWaiting(new RecordId(ack.Epoch, q)))) continue;
            sent.Remove(batch);
            settled.Add(batch);
            if (batch.State == SentState.OnTheWay) window.Acknowledged(batch.Bytes, now - batch.SentMs, wasFull, now);
        }

        if (removed > 0)
        {
            pace.Answered();
            narrowing.Taken();
        }

        if (AckCheck.OwnForks(ack, sent) is { Length: > 0 } forks) Fork(ack.Epoch, forks);
        if (ack.Asked is not { } asked) return;
        questions.Answered();
        pace.Answered();
        // Of the front that an earlier run may have sent the hub has nothing: from here on everything is new to it.
        if (removed == 0) starting = false;
        foreach (var batch in sent.Where(s => s.State == SentState.Asked && s.Batch.Epoch == ack.Epoch && asked.Any(r => r is [var first, var last] && s.Overlaps(first, last))).ToList())
        {
            if (batch.Bytes > 0) resent += batch.Batch.Seqs.Count(q => outbox.IsWaiting(new RecordId(ack.Epoch, q)));
            sent.Remove(batch);
            GiveBack(batch);
        }
    }

    // Exactly these move to a new epoch; what was sent beside them and is not acknowledged is sent again.
    private void Fork(string epoch, long[] forks)
    {
        log.Forked(epoch, forks.Length);
        outbox.Forked(epoch, forks);
        foreach (var batch in sent.FindAll(s => s.Batch.Epoch == epoch && forks.Any(f => s.Overlaps(f, f))))
        {
            sent.Remove(batch);
            GiveBack(batch);
        }
    }

    private void OnRefused(string reason)
    {
        lock (one)
        {
            if (sent.Count == 0) return;
            if (!refusedBefore) log.MessageRefused(reason);
            refusedBefore = true;
            var batches = sent.ToArray();
            sent.Clear();
            questions.DeadlineMs = null;
            if (reason is "unknown-vehicle" or "jurisdiction-mismatch")
            {
                foreach (var batch in batches) GiveBack(batch);
                pace.Hold((long)(StrangerHoldMs * (1 + jitter.NextDouble())));
            }
            else
            {
                narrowing.Refused(batches, reason);
                pace.Hold(RefusalHoldMs);
            }
        }

        wake.Set();
    }

    private void LookAtDeadlines()
    {
        lock (one)
        {
            var now = clock.MonotonicMs;
            var late = sent.FindAll(s => s.State == SentState.OnTheWay && s.DeadlineMs <= now);
            if (late.Count > 0)
            {
                log.NotAcknowledged(late.Count, late.Sum(s => s.Batch.Seqs.Count));
                foreach (var batch in late) batch.State = SentState.Unsure;
                window.TimedOut(now);
                pace.TimedOut();
            }

            if (questions.DeadlineMs <= now) GiveUpAsking();
            if (!questions.HubIsSilent) return;
            foreach (var batch in sent.FindAll(s => s.State == SentState.Unsure)) SendAgain(batch);
        }
    }

    private void GiveUpAsking()
    {
        starting = false;
        pace.TimedOut();
        var asked = sent.FindAll(s => s.State == SentState.Asked);
        foreach (var batch in asked) batch.State = SentState.Unsure;
        if (!questions.GiveUp()) return;
        log.NotAnswered(asked.Count);
        foreach (var batch in asked) SendAgain(batch);
    }

    private void SendAgain(SentBatch batch)
    {
        if (batch.Bytes > 0) resent += batch.Batch.Seqs.Count;
        sent.Remove(batch);
        GiveBack(batch);
    }

    private void GiveBack(SentBatch batch)
    {
        batch.State = SentState.Over;
        outbox.Release(batch.Batch);
    }

    private TimeSpan NextLook()
    {
        lock (one) return pace.NextLook(sent.Where(s => s.State == SentState.OnTheWay).Select(s => s.DeadlineMs).Append(questions.DeadlineMs));
    }
}
