using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>A city that answers a POST with another request's id: what its list shows is believed, in whatever order things become known.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync of IAsyncLifetime.")]
public sealed class WrongIdTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-city-").FullName;
    private readonly CitySystemOptions options = new() { Url = "http://city.example/open311/v2", Services = new() { ["pothole"] = "PH-1" } };
    private readonly SteppedTime time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private CityHub hub = null!;

    public async Task InitializeAsync()
    {
        hub = new CityHub(folder, options, time, _ => new HttpClientHandler());
        await hub.QueueAsync(Enumerable.Range(1, 2).Select(i => ($"SR-26-00000{i}", new PushBody { Service = "pothole", Lat = 42.37, Lon = -71.1, Description = $"Pothole {i}" })));
    }

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_late_answer_with_another_requests_id_is_not_believed()
    {
        var late = await ClaimAsync(1);
        time.Step(options.Lease);
        await ClaimAsync(1);
        await AnswerAsync(await ClaimAsync(2), new PushAnswer.Stored("77"));
        await AnswerAsync(late, new PushAnswer.Stored("77"));
        Assert.Equal((PushState.Looking, null), await StateAsync(1));
        Assert.Equal((PushState.Delivered, "77"), await StateAsync(2));
    }

    [Fact]
    public async Task A_late_answer_that_nobody_contradicts_is_believed()
    {
        var late = await ClaimAsync(1);
        time.Step(options.Lease);
        await ClaimAsync(1);
        await AnswerAsync(late, new PushAnswer.Stored("77"));
        Assert.Equal((PushState.Delivered, "77"), await StateAsync(1));
    }

    [Fact]
    public async Task After_a_late_answer_that_may_be_wrong_what_was_about_to_be_sent_again_is_looked_for_first()
    {
        var late = await ClaimAsync(1);
        time.Step(options.Lease);
        var looking = await ClaimAsync(1);
        await AnswerAsync(looking, new PushAnswer.Absent(looking.VisibleBy!.Value));
        Assert.Equal(PushState.Waiting, (await StateAsync(1)).State);
        await AnswerAsync(await ClaimAsync(2), new PushAnswer.Stored("77"));
        await AnswerAsync(late, new PushAnswer.Stored("77"));
        Assert.Equal((PushState.Looking, null), await StateAsync(1));
    }

    [Fact]
    public async Task A_row_with_a_marker_takes_its_id_back_from_whoever_was_answered_with_it()
    {
        await ClaimAsync(1);
        await AnswerAsync(await ClaimAsync(2), new PushAnswer.Stored("77"));
        await SeenAsync(1, "77");
        Assert.Equal((PushState.Delivered, "77"), await StateAsync(1));
        Assert.Equal((PushState.Looking, null), await StateAsync(2));
        Assert.Equal((null, "77"), (await RemoteAsync(2), await RemoteAsync(1)));
    }

    [Fact]
    public async Task A_row_with_a_marker_is_believed_before_an_answer()
    {
        await AnswerAsync(await ClaimAsync(1), new PushAnswer.Stored("a-residents"));
        await SeenAsync(1, "77");
        Assert.Equal((PushState.Delivered, "77"), await StateAsync(1));
        Assert.Equal("77", await RemoteAsync(1));
        Assert.Null((await PushAsync(1)).Second);
    }

    [Fact]
    public async Task A_second_row_with_the_same_marker_is_shown_as_doubled()
    {
        await AnswerAsync(await ClaimAsync(1), new PushAnswer.Stored("77"));
        await hub.Database.WriteAsync(scope => CityLinkStore.SaveEcho(scope, "SR-26-000001", marker: true, place: true), WritePriority.Interactive, default);
        await SeenAsync(1, "78");
        await SeenAsync(1, "78");
        var push = await PushAsync(1);
        Assert.Equal((PushState.Delivered, "77", "78"), (push.State, push.Remote, push.Second));
        Assert.Contains("77 and 78", push.Cause, StringComparison.Ordinal);
        Assert.Equal("77", await RemoteAsync(1));
    }

    private Task<Push> PushAsync(int n) => hub.Database.ReadAsync(c => CityStore.Page(c, null, null, 10).Single(p => p.Request == $"SR-26-00000{n}"), default);

    private async Task<(PushState State, string? Remote)> StateAsync(int n) => await PushAsync(n) is var p ? (p.State, p.Remote) : default;

    private async Task<string?> RemoteAsync(int n) => (await hub.Database.ReadAsync(c => CityLinkStore.Find(c, null, $"SR-26-00000{n}"), default))?.Remote;

    private async Task<Push> ClaimAsync(int n)
    {
        var push = await PushAsync(n);
        var (claimed, _) = PushLife.Claim(push, "hub", time.GetUtcNow(), options.Policy);
        Assert.True(await hub.Database.WriteAsync(scope => CityStore.Save(scope, claimed, push.Fence), WritePriority.Interactive, default));
        return claimed;
    }

    private Task AnswerAsync(Push push, PushAnswer answer) =>
        hub.Database.WriteAsync(scope => hub.Get<SettlePushes>().Apply(scope, [(push, answer)]), WritePriority.Interactive, default);

    private async Task SeenAsync(int n, string remote)
    {
        var push = await PushAsync(n);
        await hub.Database.WriteAsync(scope => hub.Get<SettlePushes>().Seen(scope, push, remote), WritePriority.Interactive, default);
    }
}
