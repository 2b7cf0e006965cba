using System.Text;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Broker;

/// <summary>What a vehicle with a good certificate of its own tries with the rest of the fleet.</summary>
public sealed class OthersTopicsTests : IAsyncLifetime
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("{}");
    private BrokerHost hub = null!;

    public async Task InitializeAsync()
    {
        hub = await BrokerHost.StartAsync();
        await hub.RegisterAsync("truck-8");
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Every_lane_of_every_other_is_refused_and_its_own_downlink_too()
    {
        await using var thief = await hub.VehicleAsync("truck-7");
        var lanes = Enum.GetValues<Lane>().Where(l => l != Lane.Unknown);
        var own = new[] { Lane.Live, Lane.Up, Lane.File, Lane.Status };
        foreach (var lane in lanes)
        {
            foreach (var (jurisdiction, vehicle) in new[] { ("cambridge-ma", "truck-8"), ("boston-ma", "truck-7"), ("cambridge-ma", "nobody"), ("cambridge-ma", "truck-7") })
            {
                var topic = new Topic(jurisdiction, vehicle, lane).ToString();
                var mine = (jurisdiction, vehicle) == ("cambridge-ma", "truck-7") && own.Contains(lane);
                foreach (var retain in new[] { false, true })
                    Assert.Equal((topic, retain, mine ? DeliveryResult.Accepted : DeliveryResult.Refused), (topic, retain, await thief.PublishAsync(topic, Payload, Qos.AtLeastOnce, retain, default)));
            }
        }

        string[] elsewhere = ["field", "field/v1", "field/v2/cambridge-ma/truck-7/up", "$SYS/broker/x", "$CONTROL/dynamic-security/v1", "/field/v1/cambridge-ma/truck-7/up", "field/v1/cambridge-ma/truck-7/up/x", "field/v1/cambridge-ma/truck-7"];
        foreach (var topic in elsewhere) Assert.Equal((topic, DeliveryResult.Refused), (topic, await thief.PublishAsync(topic, Payload, Qos.AtLeastOnce, false, default)));
    }

    [Fact]
    public async Task Whatever_it_subscribes_it_hears_only_its_own_downlink()
    {
        string[] greedy = ["#", "field/#", "+/+/+/+/+", "field/v1/+/+/up", "field/v1/cambridge-ma/truck-8/#", "field/v1/cambridge-ma/truck-8/down/#", "$SYS/#", "$share/x/field/#"];
        await using var victim = await hub.VehicleAsync("truck-8");
        await using var thief = await hub.VehicleAsync("truck-7", o => o with { Subscriptions = greedy });
        await using var down = await hub.Sessions.OpenPublisherAsync("hub-down", default);
        await Eventually.TrueAsync(() => down.IsConnected, "the hub connects");

        foreach (var lane in new[] { "up", "live", "status", "file" }) Assert.Equal(DeliveryResult.Accepted, await victim.PublishAsync($"field/v1/cambridge-ma/truck-8/{lane}", Payload, Qos.AtLeastOnce, true, default));
        foreach (var lane in new[] { "ack", "orders", "profile" }) Assert.Equal(DeliveryResult.Accepted, await down.PublishAsync($"field/v1/cambridge-ma/truck-8/down/{lane}", Payload, Qos.AtLeastOnce, false, default));
        Assert.Equal(DeliveryResult.Accepted, await down.PublishAsync("field/v1/cambridge-ma/truck-7/down/ack", Payload, Qos.AtLeastOnce, false, default));

        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await foreach (var message in thief.Messages(late.Token))
        {
            // A message of its own may come by more than one of its subscriptions, none of another's.
            Assert.Equal("field/v1/cambridge-ma/truck-7/down/ack", message.Topic);
            return;
        }

        Assert.Fail("nothing was heard");
    }

    [Fact]
    public async Task Its_last_will_reaches_no_topic_of_another()
    {
        await using var reader = await hub.Sessions.OpenReaderAsync("hub-live", [Topic.AllStatus], Qos.AtLeastOnce, true, 100, default);
        await Eventually.TrueAsync(() => reader.IsConnected, "the hub listens");
        var options = await EnrolAsync("truck-7");
        await EndHardAsync(options with { Will = new WillMessage("field/v1/cambridge-ma/truck-8/status", Payload, true) });
        await EndHardAsync(options with { Will = new WillMessage("field/v1/cambridge-ma/truck-7/status", Payload, false) });

        var heard = await reader.ReadBatchAsync(default);
        Assert.All(heard, m => Assert.Equal("field/v1/cambridge-ma/truck-7/status", m.Topic));
    }

    [Theory]
    [InlineData("truck-8")]
    [InlineData("hub-down")]
    [InlineData("hub-durable")]
    [InlineData("hub-live")]
    [InlineData("hub-files")]
    public async Task The_name_in_the_certificate_counts_and_no_client_id(string name)
    {
        await using var victim = await hub.VehicleAsync("truck-8");
        await using var down = await hub.Sessions.OpenPublisherAsync("hub-down", default);
        await Eventually.TrueAsync(() => down.IsConnected, "the hub connects");
        await using var thief = await hub.VehicleAsync("truck-7", o => o with { ClientId = name, CleanSession = false });

        Assert.Equal(DeliveryResult.Refused, await thief.PublishAsync("field/v1/cambridge-ma/truck-8/up", Payload, Qos.AtLeastOnce, false, default));
        Assert.Equal(DeliveryResult.Refused, await thief.PublishAsync("field/v1/cambridge-ma/truck-8/down/ack", Payload, Qos.AtLeastOnce, false, default));
        Assert.True(victim.IsConnected && down.IsConnected && thief.IsConnected);
    }

    private async Task<LinkOptions> EnrolAsync(string vehicle)
    {
        await hub.RegisterAsync(vehicle);
        return await hub.EnrolAsync(vehicle);
    }

    /// <summary>Takes its own session over, so that the broker publishes the older one's will.</summary>
    private static async Task EndHardAsync(LinkOptions options)
    {
        await using var first = await BrokerHost.ConnectAsync(options with { ReconnectFirst = TimeSpan.FromMinutes(1), ReconnectLongest = TimeSpan.FromMinutes(1) });
        await using var second = await BrokerHost.ConnectAsync(options with { Will = null });
        await Eventually.TrueAsync(() => !first.IsConnected, "the first session is taken over");
    }
}
