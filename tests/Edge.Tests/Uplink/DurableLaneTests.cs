using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Edge.Tests.Outbox;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class DurableLaneTests : IAsyncLifetime
{
    private static readonly Topic Up = new("cambridge-ma", "truck-1", Lane.Up);
    private readonly TemporaryFolder folder = new();
    private readonly RecordingPublisher link = new();
    private readonly CancellationTokenSource stop = new();
    private DiskOutbox outbox = null!;
    private DurableLane lane = null!;
    private Task running = Task.CompletedTask;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        lane.Dispose();
        await outbox.DisposeAsync();
        stop.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_record_stays_until_the_hub_says_it_has_it()
    {
        Start(new UplinkOptions { AckSeconds = 60 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Any(), "it was sent");
        Assert.Equal(Qos.AtLeastOnce, link.All.First().Qos);

        // The broker has answered; that proves nothing.
        Assert.Equal(1, outbox.Counts.Records);
        lane.OnAck(new Ack { Epoch = outbox.Epoch, Ranges = [[1, 1]] });
        Assert.Equal(0, outbox.Counts.Records);
    }

    [Fact]
    public async Task Without_an_acknowledgement_the_same_bytes_are_sent_again()
    {
        Start(new UplinkOptions { AckSeconds = 0.1 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.All.Count >= 3, "it was sent three times");
        Assert.Single(link.All.Select(s => s.Json).Distinct());
    }

    [Fact]
    public async Task Reconnect_resends_unacknowledged_records()
    {
        Start(new UplinkOptions { AckSeconds = 60 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.All.Count == 1, "it was sent");
        link.Connect(false);
        lane.OnConnectionChange();
        await outbox.AppendDurableAsync(Drafts.Action("b"), RecordPriority.Action, default);
        link.Connect(true);
        lane.OnConnectionChange();
        await Eventually.TrueAsync(() => link.Records.Select(r => r.Action!.Id).SequenceEqual(["a", "a", "b"]), "both were sent on the new connection");
    }

    [Fact]
    public async Task Restart_resends_unacknowledged_records()
    {
        Start(new UplinkOptions { AckSeconds = 60 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await outbox.AppendDurableAsync(Drafts.Action("b"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Count() == 2, "they were sent");
        lane.OnAck(new Ack { Epoch = outbox.Epoch, Ranges = [[1, 1]] });
        await outbox.DisposeAsync();
        lane.Dispose();
        link.All.Clear();
        Start(new UplinkOptions { AckSeconds = 60 });
        await Eventually.TrueAsync(() => link.Records.Any(), "it was sent again");
        Assert.Equal("b", Assert.Single(link.Records).Action!.Id);
    }

    [Fact]
    public async Task Bytes_in_flight_are_bounded_and_actions_pass_a_full_window()
    {
        Start(new UplinkOptions { AckSeconds = 60, BytesInFlight = 1024, BatchRecords = 20 });
        for (var i = 0; i < 500; i++) outbox.Append(Drafts.Track(i), RecordPriority.Track);
        await outbox.FlushAsync(default);
        await Eventually.TrueAsync(() => link.All.Sum(s => s.Payload.Length) >= 1024, "the window is full");
        await outbox.AppendDurableAsync(Drafts.Action("urgent"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Any(r => r.Action?.Id == "urgent"), "the action passed");
        Assert.True(link.Records.Count() < 500);
        var tracks = link.All.Where(s => !s.Json.Contains("urgent", StringComparison.Ordinal)).Sum(s => s.Payload.Length);
        Assert.InRange(tracks, 1024, 2048);

        // Each acknowledgement lets the next ones go, until all are through.
        await Eventually.TrueAsync(
            () =>
            {
                foreach (var batch in link.All.ToArray().Select(l => l.Batch())) Acknowledge(batch);
                return outbox.Counts.Records == 0;
            },
            "everything is through");
    }

    [Fact]
    public async Task Nothing_leaves_before_it_is_on_disk()
    {
        var wrong = 0;
        link.Publishing = sent =>
        {
            var disk = Directory.GetFiles(folder["outbox"], "*.seg", SearchOption.AllDirectories).Select(ReadShared).ToList();
            foreach (var record in sent.Batch().Records)
            {
                if (!disk.Exists(d => d.AsSpan().IndexOf(record.Span) >= 0)) Interlocked.Increment(ref wrong);
            }
        };
        Start(new UplinkOptions { AckSeconds = 60, BytesInFlight = 1024 * 1024 });
        for (var i = 0; i < 200; i++) outbox.Append(Drafts.Track(i), RecordPriority.Track);
        Assert.Empty(link.All);
        await outbox.FlushAsync(default);
        await Eventually.TrueAsync(() => link.Records.Count() == 200, "all were sent");
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task A_refused_publish_is_tried_again_later()
    {
        var answers = new Queue<DeliveryResult>([DeliveryResult.TimedOut]);
        link.Answer = _ => answers.TryDequeue(out var first) ? first : DeliveryResult.Accepted;
        Start(new UplinkOptions { AckSeconds = 60 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Any(), "it was sent at the second attempt");
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private void Acknowledge(UpBatch batch) => lane.OnAck(new Ack
    {
        Epoch = batch.Epoch,
        Ranges = [.. batch.Records.Select(r => UpBatchReader.ReadRecord(r).Seq).Select(s => new[] { s, s })],
    });

    private void Start(UplinkOptions options)
    {
        outbox = DiskOutbox.Open(folder["outbox"], new OutboxOptions { GroupSeconds = 5 }, NullLogger.Instance);
        lane = new DurableLane(options, Up, link, outbox, new DeviceClock(TimeProvider.System), new Random(311), NullLogger.Instance);
        running = lane.RunAsync(stop.Token);
    }
}
