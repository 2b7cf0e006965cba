using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Edge.Tests.Uplink;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Attachments;

[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class FileLaneTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly RecordingPublisher link = new();
    private readonly FileDesk hub = new();
    private readonly DeviceClock clock = new(TimeProvider.System);
    private AttachmentStore store = null!;
    private FileLane lane = null!;
    private CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private volatile bool busy;
    private int lostAnswers;

    public Task InitializeAsync()
    {
        link.Publishing += sent =>
        {
            var state = hub.Take(sent.Payload);
            if (Interlocked.Decrement(ref lostAnswers) < 0) lane.OnState(state);
        };
        Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_file_arrives_in_pieces_and_is_dropped_only_when_the_hub_has_it()
    {
        var photo = await TakePhotoAsync(300_000);
        Assert.All(hub.Pieces, p => Assert.InRange(p.Bytes.Length, 0, FileChunk.MaxBytes));
        await Eventually.TrueAsync(() => store.Waiting.Count == 0, "it is dropped");
        Assert.Equal(photo, hub.Whole[Photo.Name(photo)]);
        Assert.Empty(Directory.GetFiles(folder["attachments"], "*", SearchOption.AllDirectories));
        Assert.All(link.All, s => Assert.EndsWith("/file", s.Topic, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_that_are_lost_cost_time_and_never_a_byte()
    {
        lostAnswers = 2;
        var photo = await TakePhotoAsync(50_000);
        await Eventually.TrueAsync(() => store.Waiting.Count == 0, "it is dropped");
        Assert.Equal(photo, hub.Whole[Photo.Name(photo)]);
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_where_the_hub_is()
    {
        var pieces = 0;
        link.Publishing += _ => busy = ++pieces == 6;
        var photo = await TakePhotoAsync(400_000);
        await Eventually.TrueAsync(() => busy, "the line is needed by others");
        var atHub = hub.Pieces.Max(p => p.Offset + p.Bytes.Length);
        await StopAsync();
        hub.Pieces.Clear();
        busy = false;
        Start();
        await Eventually.TrueAsync(() => store.Waiting.Count == 0, "it is dropped");
        Assert.Equal(photo, hub.Whole[Photo.Name(photo)]);
        Assert.Equal(atHub, hub.Pieces.Where(p => p.Bytes.Length > 0).Min(p => p.Offset));
    }

    [Fact]
    public async Task A_file_waits_while_records_wait()
    {
        busy = true;
        await TakePhotoAsync(10_000);
        await Task.WhenAny(Eventually.TrueAsync(() => !hub.Pieces.IsEmpty, "a piece", TimeSpan.FromSeconds(1)));
        Assert.Empty(hub.Pieces);
        busy = false;
        await Eventually.TrueAsync(() => store.Waiting.Count == 0, "it is dropped");
    }

    [Fact]
    public async Task A_file_whose_action_is_not_there_yet_waits_and_one_that_is_refused_is_set_aside()
    {
        var photo = await TakePhotoAsync(10_000, expected: false);
        await Eventually.TrueAsync(() => !hub.Pieces.IsEmpty, "the hub was asked");
        Assert.Single(store.Waiting);
        Assert.All(hub.Pieces, p => Assert.Equal(0, p.Bytes.Length));
        hub.Expected[Photo.Name(photo)] = photo.Length;
        await Eventually.TrueAsync(() => store.Waiting.Count == 0, "it is dropped");

        hub.Refusal = "too large";
        await TakePhotoAsync(9_000, seed: 2);
        await Eventually.TrueAsync(() => store.Waiting.Count == 0, "it is not sent any more");
        Assert.Equal(9_000, store.UnsentBytes);
    }

    private async Task<byte[]> TakePhotoAsync(int length, bool expected = true, int seed = 1)
    {
        var photo = Photo.Jpeg(length, seed);
        if (expected) hub.Expected[Photo.Name(photo)] = length;
        await store.SaveAsync(AttachmentType.Jpeg, new MemoryStream(photo), length, default);
        store.Claim([Photo.Name(photo)]);
        return photo;
    }

    private void Start()
    {
        stop = new CancellationTokenSource();
        store = new AttachmentStore(folder["attachments"], new AttachmentsOptions(), clock, NullLogger.Instance);
        lane = new FileLane(
            new UplinkOptions { AckSeconds = 0.3 }, new Topic("cambridge-ma", "truck-1", Lane.File), link, store, () => busy, clock, new Random(311), NullLogger.Instance);
        running = lane.RunAsync(stop.Token);
    }

    private async Task StopAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        lane.Dispose();
        stop.Dispose();
    }
}
