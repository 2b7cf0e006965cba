using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Tracks;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Edge.Tests.Link;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

/// <summary>A whole vehicle over a real broker, with a hub of a few lines on the other side.</summary>
public sealed class VehicleOverMosquittoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_done_without_a_broker_arrives_once_when_it_is_back()
    {
        await using var broker = await MosquittoServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var hubLink = await LinkTest.ConnectAsync(LinkTest.Options(broker.Port, "hub") with { Subscriptions = [Topic.AllUp, Topic.AllStatus, Topic.AllLive] });
        await using var hub = new SmallHub(hubLink);
        var fixes = new ScriptedFixes();
        await using var agent = new VehicleAgent(Options(), Parts(broker.Port, fixes), NullLoggerFactory.Instance);
        var running = agent.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => hub.Statuses.Any(s => s.Online && s.Epoch == agent.Outbox.Epoch), "the status arrived");

        await agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        fixes.Give(42.371, -71.111);
        await Eventually.TrueAsync(() => !hub.Live.IsEmpty, "a live position arrived");
        await Eventually.TrueAsync(() => agent.Outbox.Counts.Records == 0, "the hub has everything");

        await broker.KillAsync();
        await agent.Shift.ChangeAsync(ShiftState.Break, null, null, default);
        Assert.True(agent.Outbox.Counts.Actions > 0);
        await broker.StartAgainAsync();
        await Eventually.TrueAsync(() => agent.Outbox.Counts.Records == 0, "what was done meanwhile arrived");
        Assert.Single(hub.Records.Values, r => r.Shift?.State == ShiftState.Break);

        await stop.CancelAsync();
        await running;
        await Eventually.TrueAsync(() => !hub.Statuses.Last().Online, "it said goodbye");
    }

    private AgentOptions Options() => new()
    {
        Vehicle = new VehicleOptions { Id = "truck-1", Jurisdiction = "cambridge-ma", Data = folder.Path },
        Outbox = new OutboxOptions { GroupSeconds = 0.05 },
        Tracks = new TracksOptions { Seconds = 0.5 },
        Uplink = new UplinkOptions { AckSeconds = 1, StatusSeconds = 0.2 },
    };

    private static AgentParts Parts(int port, ScriptedFixes fixes) => new()
    {
        Fixes = fixes,
        Connect = will => MqttPublisher.Start(
            LinkTest.Options(port, "truck-1") with { Will = will, Subscriptions = [Topic.AllDown("cambridge-ma", "truck-1")] }, TimeProvider.System),
    };
}
