using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Sends attachments while the durable lane has nothing to send: one piece at a time, each after the hub has said that the
/// last one is durable there. The hub alone knows how far it is, so a power cut on either side costs at most one piece. The
/// pieces are as long as the line carries in about a second, because the newest position waits behind one.
/// </summary>
public sealed class FileLane : IDisposable
{
    private const int LeastBytes = 1024;
    private const int QueueMs = 1_000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly Lock one = new();
    private readonly Wake wake = new();
    private readonly UplinkOptions options;
    private readonly string topic;
    private readonly IPublisher publisher;
    private readonly AttachmentStore store;
    private readonly Func<bool> mayNot;
    private readonly DeviceClock clock;
    private readonly Random jitter;
    private readonly ILogger log;
    private readonly SendWindow window;
    private readonly Dictionary<string, (long UntilMs, TimeSpan Wait)> later = [];
    private (string Sha256, int Offset, TaskCompletionSource<FileState> Answer)? expected;

    /// <param name="options">Waits.</param>
    /// <param name="topic">The vehicle's file topic.</param>
    /// <param name="publisher">The link.</param>
    /// <param name="store">The files.</param>
    /// <param name="mayNot">True while something more urgent waits.</param>
    /// <param name="clock">Waits.</param>
    /// <param name="jitter">Spreads them.</param>
    /// <param name="log">Told of what is refused.</param>
    public FileLane(
        UplinkOptions options, Topic topic, IPublisher publisher, AttachmentStore store, Func<bool> mayNot, DeviceClock clock, Random jitter, ILogger log)
    {
        this.options = options;
        this.topic = topic.ToString();
        this.publisher = publisher;
        this.store = store;
        this.mayNot = mayNot;
        this.clock = clock;
        this.jitter = jitter;
        this.log = log;
        window = new SendWindow(options, QueueMs);
        store.Ready += wake.Set;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (NextFile() is { } file && publisher.IsConnected && !mayNot()) await SendAsync(file, stop).ConfigureAwait(false);
            else await wake.WaitAsync(store.Waiting.Count > 0 ? BetweenLooks : Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The hub says how far it is.</summary>
    public void OnState(FileState state)
    {
        lock (one)
        {
            // An answer that shows no progress belongs to an earlier piece that was thought lost.
            if (expected is not { } wait || wait.Sha256 != state.Sha256) return;
            if (wait.Offset >= 0 && state.Progress == FileProgress.Wanted && state.Next == wait.Offset) return;
            expected = null;
            wait.Answer.TrySetResult(state);
        }
    }

    /// <summary>The connection came or went.</summary>
    public void OnConnectionChange()
    {
        lock (one)
        {
            expected?.Answer.TrySetCanceled();
            expected = null;
            later.Clear();
            window.Restart();
        }

        wake.Set();
    }

    public void Dispose()
    {
        store.Ready -= wake.Set;
        wake.Dispose();
    }

    private AttachmentRef? NextFile()
    {
        var now = clock.MonotonicMs;
        lock (one) return store.Waiting.Select(w => w.Ref).FirstOrDefault(f => !later.TryGetValue(f.Sha256, out var wait) || wait.UntilMs <= now);
    }

    private async Task SendAsync(AttachmentRef file, CancellationToken stop)
    {
        var state = await ExchangeAsync(file, -1, default, stop).ConfigureAwait(false);
        while (state is { Progress: FileProgress.Wanted } wanted)
        {
            if (wanted.Next < 0 || wanted.Next >= file.Bytes) break;
            while (mayNot() && publisher.IsConnected) await wake.WaitAsync(BetweenLooks, stop).ConfigureAwait(false);
            if (store.Read(file, wanted.Next, PieceBytes()) is not { } piece) break;
            lock (one) later.Remove(file.Sha256);
            state = await ExchangeAsync(file, wanted.Next, piece, stop).ConfigureAwait(false);
        }

        switch (state?.Progress)
        {
            case FileProgress.Complete:
                store.Drop(file);
                break;
            case FileProgress.Refused:
                store.SetAside(file, state.Reason ?? "the hub gave no reason");
                break;
            default:
                Later(file);
                break;
        }
    }

    private int PieceBytes()
    {
        lock (one) return Math.Clamp(window.Bytes, LeastBytes, FileChunk.MaxBytes);
    }

    /// <returns>The hub's answer; null when there is none in time.</returns>
    private async Task<FileState?> ExchangeAsync(AttachmentRef file, int offset, ReadOnlyMemory<byte> piece, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<FileState>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (one) expected = (file.Sha256, offset, answer);
        var began = clock.MonotonicMs;
        try
        {
            var sent = await publisher.PublishAsync(topic, new FileChunk(file.Sha256, Math.Max(0, offset), piece).Encode(), Qos.AtLeastOnce, retain: false, stop).ConfigureAwait(false);
            if (sent != DeliveryResult.Accepted) return null;
            var state = await answer.Task.WaitAsync(TimeSpan.FromSeconds(options.AckSeconds * (0.8 + (0.4 * jitter.NextDouble()))), stop).ConfigureAwait(false);
            lock (one) window.Acknowledged(piece.Length, clock.MonotonicMs - began, wasFull: true, clock.MonotonicMs);
            return state;
        }
        catch (Exception e) when (e is TimeoutException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            lock (one) window.TimedOut(clock.MonotonicMs);
            log.FileNotAnswered(file.Sha256, Math.Max(0, offset));
            return null;
        }
        finally
        {
            lock (one)
            {
                if (expected?.Answer == answer) expected = null;
            }
        }
    }

    private void Later(AttachmentRef file)
    {
        lock (one)
        {
            var wait = later.TryGetValue(file.Sha256, out var before) ? 2 * before.Wait : FirstWait;
            if (wait > LongestWait) wait = LongestWait;
            later[file.Sha256] = (clock.MonotonicMs + (long)(wait.TotalMilliseconds * (0.8 + (0.4 * jitter.NextDouble()))), wait);
        }
    }
}
