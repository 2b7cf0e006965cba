using System.Collections.Concurrent;
using System.Diagnostics;
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
    private readonly ConcurrentDictionary<(string Epoch, long Seq), string> has = [];
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
    public async Task A_hub_that_answers_nothing_gets_the_same_bytes_again()
    {
        Start(new UplinkOptions { AckSeconds = 0.1 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => Batches.Count(b => b.Records.Count == 1) >= 3, "it was sent three times");
        Assert.Single(link.All.Where(s => s.Batch().Records.Count > 0).Select(s => s.Json).Distinct());
        Assert.Contains(Batches, b => b.Ask is not null);
    }

    [Fact]
    public async Task After_a_time_out_the_hub_is_asked_and_what_it_has_is_not_sent_again()
    {
        HubAnswers();
        Start(new UplinkOptions { AckSeconds = 0.2 });
        has[(outbox.Epoch, 1)] = "";
        link.Publishing += sent => Remember(sent.Batch());
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => outbox.Counts.Records == 0, "the answer says that it arrived");
        Assert.Single(link.Records);
        Assert.Equal((1, 0), lane.Figures);
    }

    [Fact]
    public async Task Reconnect_asks_and_sends_only_what_the_hub_misses()
    {
        HubAnswers();
        Start(new UplinkOptions { AckSeconds = 60, BatchRecords = 1 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await outbox.AppendDurableAsync(Drafts.Action("b"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.All.Count == 2, "both were sent");
        Remember(link.All.First().Batch());
        link.Connect(false);
        lane.OnConnectionChange();
        await outbox.AppendDurableAsync(Drafts.Action("c"), RecordPriority.Action, default);
        link.Connect(true);
        lane.OnConnectionChange();
        await Eventually.TrueAsync(() => link.Records.Count() >= 4, "the missing ones were sent");
        Assert.Equal(["a", "b", "b", "c"], link.Records.Select(r => r.Action!.Id).Order());
        Assert.Equal(2, outbox.Counts.Records);
        Assert.Equal((4, 1), lane.Figures);
    }

    [Fact]
    public async Task Restart_asks_before_it_sends_what_an_earlier_run_may_have_sent()
    {
        HubAnswers();
        Start(new UplinkOptions { AckSeconds = 60, BatchRecords = 1 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await outbox.AppendDurableAsync(Drafts.Action("b"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Count() == 2, "they were sent");
        Remember(link.All.First().Batch());
        await outbox.DisposeAsync();
        lane.Dispose();
        link.All.Clear();
        Start(new UplinkOptions { AckSeconds = 60 });
        await Eventually.TrueAsync(() => link.Records.Any(), "the missing one was sent");
        Assert.NotNull(Batches.First().Ask);
        Assert.Equal("b", Assert.Single(link.Records).Action!.Id);
        Assert.Equal(1, outbox.Counts.Records);
    }

    [Fact]
    public async Task Other_contents_under_the_same_number_are_not_deleted_but_sent_for_comparison()
    {
        HubAnswers();
        Start(new UplinkOptions { AckSeconds = 0.2 });
        has[(outbox.Epoch, 1)] = WireCodec.ContentHash("another record 1, of before the backup was restored"u8);
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Count() >= 2, "it was sent again");
        Assert.Equal(1, outbox.Counts.Records);
    }

    [Fact]
    public async Task What_another_vehicle_with_the_same_card_sent_confirms_nothing_of_ours()
    {
        Start(new UplinkOptions { AckSeconds = 60 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await outbox.AppendDurableAsync(Drafts.Action("b"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Count() == 2, "both were sent");
        var own = Batches.SelectMany(b => b.Records).ToDictionary(r => UpBatchReader.ReadRecord(r).Seq, r => WireCodec.ContentHash(r.Span));
        void Hears(long first, long last, params string[] hashes) =>
            lane.OnAck(new Ack { Epoch = outbox.Epoch, Ranges = [[first, last]], Digests = [RangeDigest.Of(hashes)] });

        Hears(1, 2, "theirs", "theirs");
        Hears(1, 3, own[1], own[2], "theirs");
        Assert.Equal(2, outbox.Counts.Records);

        // Nor does the refusal of what the other one sent under our number move ours.
        var epoch = outbox.Epoch;
        lane.OnAck(new Ack { Epoch = epoch, Ranges = [], Forks = [1], ForkHashes = ["theirs"] });
        await outbox.FlushAsync(default);
        Assert.Equal((epoch, 2), (outbox.Epoch, outbox.Counts.Records));

        // What is settled already may be named once more beside what is new.
        Hears(1, 1, own[1]);
        Assert.Equal(1, outbox.Counts.Records);
        Hears(1, 2, own[1], own[2]);
        Assert.Equal(0, outbox.Counts.Records);
    }

    [Fact]
    public async Task What_the_hub_calls_a_fork_is_sent_again_under_a_new_epoch()
    {
        Start(new UplinkOptions { AckSeconds = 60 });
        var old = outbox.Epoch;
        link.Publishing += sent =>
        {
            var batch = sent.Batch();
            if (batch.Epoch == old) lane.OnAck(new Ack { Epoch = old, Ranges = [[2, 2]], Forks = [1], ForkHashes = [WireCodec.ContentHash(batch.Records[0].Span)] });
            else Acknowledge(batch);
        };
        outbox.Append(Drafts.Action("forked"), RecordPriority.Action);
        outbox.Append(Drafts.Action("fine"), RecordPriority.Action);
        await outbox.FlushAsync(default);
        await Eventually.TrueAsync(() => outbox.Counts.Records == 0, "both are at the hub");
        var again = Batches.Single(b => b.Epoch != old);
        Assert.Equal("forked", UpBatchReader.ReadRecord(Assert.Single(again.Records)).Action!.Id);
    }

    [Fact]
    public async Task A_batch_that_the_broker_finds_too_large_is_split()
    {
        link.AnswerTo = sent => sent.Batch().Records.Count > 3 ? DeliveryResult.TooLarge : DeliveryResult.Accepted;
        Start(new UplinkOptions { AckSeconds = 60 });
        for (var i = 0; i < 20; i++) outbox.Append(Drafts.Action($"a{i}"), RecordPriority.Action);
        await outbox.FlushAsync(default);
        await Eventually.TrueAsync(() => link.Records.Select(r => r.Seq).Distinct().Count() == 20, "all were sent in smaller ones");
    }

    [Fact]
    public async Task A_record_that_is_refused_alone_is_kept_and_blocks_nothing()
    {
        Start(new UplinkOptions { AckSeconds = 60 });
        link.Publishing += sent =>
        {
            var batch = sent.Batch();
            if (sent.Json.Contains("poison", StringComparison.Ordinal)) lane.OnAck(new Ack { Epoch = batch.Epoch, Ranges = [], Refused = "malformed" });
            else Acknowledge(batch);
        };
        for (var i = 0; i < 3; i++) outbox.Append(Drafts.Action(i == 1 ? "poison" : $"a{i}"), RecordPriority.Action);
        await outbox.FlushAsync(default);
        await Eventually.TrueAsync(() => outbox.Counts.Records == 1 && lane.Parked == 1, "the others are through");
        Assert.Equal("poison", Assert.Single(outbox.Waiting(_ => true)).Record.Action!.Id);
    }

    [Fact]
    public async Task The_backlog_drains_at_its_rate_and_an_action_does_not_wait_for_it()
    {
        Start(new UplinkOptions { AckSeconds = 60, DrainBytesPerSecond = 2_000, BatchRecords = 20 });
        link.Publishing += sent => Acknowledge(sent.Batch());
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 300; i++) outbox.Append(Drafts.Track(i), RecordPriority.Track);
        await outbox.FlushAsync(default);
        await Eventually.TrueAsync(() => link.All.Sum(s => s.Payload.Length) > 4_000, "some of it left");
        Assert.True(Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(0.8));
        var before = link.All.Count;
        var since = Stopwatch.GetTimestamp();
        await outbox.AppendDurableAsync(Drafts.Action("urgent"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Any(r => r.Action?.Id == "urgent"), "the action passed");
        // Beside it only what the rate allowed meanwhile.
        var tracks = link.All.Skip(before).Where(s => !s.Json.Contains("urgent", StringComparison.Ordinal)).Sum(s => s.Payload.Length);
        Assert.InRange(tracks, 0, 4_000 + (2_000 * Stopwatch.GetElapsedTime(since).TotalSeconds));
        Assert.True(link.Records.Count() < 300);
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

            Acknowledge(sent.Batch());
        };
        Start(new UplinkOptions { AckSeconds = 60, BytesInFlight = 1024 * 1024 });
        for (var i = 0; i < 200; i++) outbox.Append(Drafts.Track(i), RecordPriority.Track);
        Assert.Empty(link.All);
        await outbox.FlushAsync(default);
        await Eventually.TrueAsync(() => link.Records.Count() == 200, "all were sent");
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task A_publish_without_an_answer_is_tried_again_later()
    {
        HubAnswers();
        var answers = new Queue<DeliveryResult>([DeliveryResult.TimedOut]);
        link.Answer = _ => answers.TryDequeue(out var first) ? first : DeliveryResult.Accepted;
        Start(new UplinkOptions { AckSeconds = 60 });
        await outbox.AppendDurableAsync(Drafts.Action("a"), RecordPriority.Action, default);
        await Eventually.TrueAsync(() => link.Records.Any(), "it was sent at the second attempt");
    }

    private IEnumerable<UpBatch> Batches => link.All.Select(s => s.Batch());

    private void HubAnswers() => link.Publishing += sent =>
    {
        var batch = sent.Batch();
        if (batch.Ask is { } ask) lane.OnAck(SmallHub.Answer(batch.Epoch, ask, has));
    };

    private void Remember(UpBatch batch)
    {
        foreach (var record in batch.Records) has[(batch.Epoch, UpBatchReader.ReadRecord(record).Seq)] = WireCodec.ContentHash(record.Span);
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
        outbox = DiskOutbox.Open(folder["outbox"], new OutboxOptions { GroupSeconds = 10 }, NullLogger.Instance);
        lane = new DurableLane(options, Up, link, outbox, new DeviceClock(TimeProvider.System), new Random(311), NullLogger.Instance);
        running = lane.RunAsync(stop.Token);
    }
}
