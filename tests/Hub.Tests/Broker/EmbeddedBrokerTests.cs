using System.Text;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Broker;

public sealed class EmbeddedBrokerTests
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("{}");

    [Fact]
    public async Task A_vehicle_writes_its_own_three_topics_and_nothing_else()
    {
        await using var hub = await BrokerHost.StartAsync();
        await hub.RegisterAsync("truck-8");
        await using var truck = await hub.VehicleAsync("truck-7");

        foreach (var lane in new[] { "live", "up", "status" })
            Assert.Equal(DeliveryResult.Accepted, await SendAsync(truck, $"field/v1/cambridge-ma/truck-7/{lane}"));
        foreach (var topic in new[]
        {
            "field/v1/cambridge-ma/truck-8/up", "field/v1/boston-ma/truck-7/up", "field/v1/cambridge-ma/truck-7/down/ack",
            "field/v1/cambridge-ma/truck-8/down/ack", "elsewhere", "$SYS/x",
        })
            Assert.Equal(DeliveryResult.Refused, await SendAsync(truck, topic));
        Assert.True(truck.IsConnected);
    }

    [Fact]
    public async Task A_vehicle_hears_its_own_down_topics_and_never_anothers()
    {
        await using var hub = await BrokerHost.StartAsync();
        await hub.RegisterAsync("truck-8");
        await using var truck = await hub.VehicleAsync("truck-7", o => o with { Subscriptions = ["#"] });
        await using var down = await hub.Sessions.OpenPublisherAsync("hub-down", default);
        await Eventually.TrueAsync(() => down.IsConnected, "the hub connects");

        Assert.Equal(DeliveryResult.Accepted, await SendAsync(down, "field/v1/cambridge-ma/truck-8/down/ack"));
        Assert.Equal(DeliveryResult.Accepted, await SendAsync(down, "field/v1/cambridge-ma/truck-7/down/ack"));
        Assert.Equal(DeliveryResult.Refused, await SendAsync(down, "field/v1/cambridge-ma/truck-7/up"));

        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await foreach (var message in truck.Messages(late.Token))
        {
            Assert.Equal("field/v1/cambridge-ma/truck-7/down/ack", message.Topic);
            return;
        }
    }

    [Fact]
    public async Task The_hub_reads_what_vehicles_send_and_a_new_vehicle_needs_no_restart()
    {
        await using var hub = await BrokerHost.StartAsync();
        await using var reader = await hub.Sessions.OpenReaderAsync("hub-durable", [Topic.AllUp], Qos.AtLeastOnce, false, 2_000, default);
        await Eventually.TrueAsync(() => reader.IsConnected, "the reader connects");
        await using var truck = await hub.VehicleAsync("truck-9");

        Assert.Equal(DeliveryResult.Accepted, await SendAsync(truck, "field/v1/cambridge-ma/truck-9/up"));
        Assert.Equal("field/v1/cambridge-ma/truck-9/up", (await reader.ReadBatchAsync(default))[0].Topic);
        Assert.True(reader.IsConnected);
    }

    [Fact]
    public async Task A_certificate_cannot_take_over_the_session_of_another()
    {
        await using var hub = await BrokerHost.StartAsync();
        await using var reader = await hub.Sessions.OpenReaderAsync("hub-durable", [Topic.AllUp], Qos.AtLeastOnce, false, 2_000, default);
        await Eventually.TrueAsync(() => reader.IsConnected, "the reader connects");

        await using var thief = await hub.VehicleAsync("truck-7", o => o with { ClientId = "hub-durable", CleanSession = false });
        Assert.Equal(DeliveryResult.Accepted, await SendAsync(thief, "field/v1/cambridge-ma/truck-7/up"));

        Assert.Single(await reader.ReadBatchAsync(default));
        Assert.True(thief.IsConnected);
    }

    [Fact]
    public async Task A_broker_that_dies_is_started_again_on_the_same_port()
    {
        await using var hub = await BrokerHost.StartAsync();
        await using var truck = await hub.VehicleAsync("truck-7");
        var before = Record(hub.Folder);

        Posix.Signal(before.Pid, Posix.Kill);
        await Eventually.TrueAsync(() => Record(hub.Folder).Pid != before.Pid, "a new broker is there");

        await Eventually.TrueAsync(async () => await SendAsync(truck, "field/v1/cambridge-ma/truck-7/up") == DeliveryResult.Accepted, "the vehicle is back");
        Assert.Equal(before.Port, Record(hub.Folder).Port);
    }

    [Fact]
    public async Task A_stop_ends_the_broker_and_the_next_start_keeps_port_and_authority()
    {
        var folder = BrokerHost.NewFolder();
        try
        {
            ChildRecord first;
            await using (var hub = await BrokerHost.StartAsync(folder)) first = Record(hub.Folder);
            Assert.False(first.IsAlive);

            await using var again = await BrokerHost.StartAsync(folder);
            Assert.Equal(first.Port, Record(folder).Port);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_broker_that_a_killed_hub_left_behind_is_ended_by_the_next_start()
    {
        var folder = BrokerHost.NewFolder();
        try
        {
            await using (var hub = await BrokerHost.StartAsync(folder))
            {
                // What is left after kill -9 of a hub: its record, and a broker that runs.
                await using var orphan = ServerProcess.Start("sleep", ["1000"], "coreutils");
                var record = new ChildRecord(orphan.Pid, Posix.StartTicks(orphan.Pid)!.Value, await hub.Broker.Listening);
                await hub.DisposeAsync();
                record.Write(Path.Combine(folder, "broker", "child.json"));

                await using var next = await BrokerHost.StartAsync(folder);

                Assert.True(orphan.HasExited);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_process_that_only_got_the_old_id_is_left_alone()
    {
        await using var stranger = ServerProcess.Start("sleep", ["1000"], "coreutils");
        var record = new ChildRecord(stranger.Pid, Posix.StartTicks(stranger.Pid)!.Value - 1, 1);

        await record.EndAsync(TimeProvider.System, default);

        Assert.False(stranger.HasExited);
    }

    [Fact]
    public async Task A_taken_port_and_a_missing_program_get_one_clear_sentence()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => BrokerHost.StartAsync(options: new BrokerOptions { Port = port }));
        Assert.Contains($"Broker:Port {port} is taken", e.Message, StringComparison.Ordinal);

        e = await Assert.ThrowsAsync<InvalidOperationException>(() => BrokerHost.StartAsync(options: new BrokerOptions { Program = "mosquitto-missing" }));
        Assert.Contains("install the Debian package mosquitto", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Root_is_refused_in_one_sentence()
    {
        if (!Environment.IsPrivilegedProcess) return;
        Assert.Contains("refuses to run as root", Assert.Throws<InvalidOperationException>(BrokerAccount.Own).Message, StringComparison.Ordinal);
    }

    private static ChildRecord Record(string folder) => ChildRecord.Read(Path.Combine(folder, "broker", "child.json"))!;

    private static async Task<DeliveryResult> SendAsync(IPublisher link, string topic) =>
        await link.PublishAsync(topic, Payload, Qos.AtLeastOnce, false, default);
}
