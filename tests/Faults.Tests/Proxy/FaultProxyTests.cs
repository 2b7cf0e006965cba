using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.Proxy;

namespace ThreeOneOne.Field.Faults.Tests.Proxy;

[SuppressMessage("Design", "CA1001", Justification = "The test framework calls DisposeAsync.")]
public sealed class FaultProxyTests : IAsyncLifetime
{
    private readonly TcpListener server = new(IPAddress.Loopback, 0);
    private FaultProxy proxy = null!;

    public Task InitializeAsync()
    {
        server.Start();
        proxy = FaultProxy.Start(((IPEndPoint)server.LocalEndpoint).Port);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await proxy.DisposeAsync();
        server.Stop();
        server.Dispose();
    }

    [Fact]
    public async Task A_slow_line_carries_its_rate_and_not_more()
    {
        var (client, far) = await ConnectAsync();
        proxy.Up.BitsPerSecond = 64_000;
        await using var machine = MachineLateness.Watch();
        var began = Stopwatch.GetTimestamp();
        var sending = client.SendAsync(new byte[16_000]);

        await ReceiveAsync(far, 16_000);

        // 16,000 bytes at 8,000 bytes a second, in forty portions that each wait for a processor.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 1.8, 6 + (40 * machine.Worst.TotalSeconds));
        await sending;
    }

    [Fact]
    public async Task A_far_line_delivers_late_and_in_order()
    {
        var (client, far) = await ConnectAsync();
        proxy.Slow(0, TimeSpan.FromMilliseconds(600));
        var began = Stopwatch.GetTimestamp();
        await client.SendAsync("first "u8.ToArray());
        await client.SendAsync("second"u8.ToArray());

        Assert.Equal("first second", Encoding.UTF8.GetString(await ReceiveAsync(far, 12)));
        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_cut_ends_both_sides_and_a_new_connection_works()
    {
        var (client, far) = await ConnectAsync();
        proxy.Cut();
        await GoneAsync(client);
        await GoneAsync(far);

        var (again, farAgain) = await ConnectAsync();
        await again.SendAsync("well"u8.ToArray());
        Assert.Equal("well", Encoding.UTF8.GetString(await ReceiveAsync(farAgain, 4)));
        Assert.Equal(2, proxy.Opened);
    }

    [Fact]
    public async Task A_line_can_be_cut_at_any_byte()
    {
        var (client, far) = await ConnectAsync();
        proxy.Up.CutAfterBytes(7);
        await client.SendAsync(new byte[100]);

        Assert.Equal(7, (await ReceiveAsync(far, 100)).Length);
        await GoneAsync(client);
        Assert.Equal(1, proxy.Up.Cuts);
    }

    [Fact]
    public async Task A_half_open_connection_swallows_in_silence()
    {
        var (client, far) = await ConnectAsync();
        await client.SendAsync("a"u8.ToArray());
        await ReceiveAsync(far, 1);
        proxy.HalfOpen();
        await client.SendAsync("lost"u8.ToArray());

        await Eventually.TrueAsync(() => proxy.Up.Swallowed == 4, "the bytes are swallowed");
        Assert.Equal(0, far.Available);
        Assert.Equal(1, proxy.Alive);
    }

    [Fact]
    public async Task A_paused_line_loses_nothing()
    {
        var (client, far) = await ConnectAsync();
        proxy.Pause();
        await client.SendAsync("waits"u8.ToArray());
        var receiving = ReceiveAsync(far, 5);
        Assert.NotSame(receiving, await Task.WhenAny(receiving, Task.Delay(150)));
        proxy.Pause(false);

        Assert.Equal("waits", Encoding.UTF8.GetString(await receiving));
    }

    [Fact]
    public async Task A_refusing_line_resets_new_connections()
    {
        proxy.Refusing = true;
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, proxy.Port);
        }
        catch (SocketException)
        {
            // The reset may come that early.
        }

        if (client.Connected) await GoneAsync(client);
        Assert.Equal(0, proxy.Opened);
    }

    [Theory]
    [InlineData(MqttProtocol.V5)]
    [InlineData(MqttProtocol.V311)]
    public async Task Messages_of_a_real_session_are_doubled_and_overtaken_and_none_is_lost(MqttProtocol protocol)
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var line = FaultProxy.Start(broker.Port, byPacket: true, seed: 7);
        line.Up.Duplicate = 0.3;
        line.Up.Reorder = 0.3;
        var topics = new List<string>();
        line.Up.Tap = packet =>
        {
            if (packet.Type == MqttPacket.Publish) topics.Add(packet.Topic + " " + Encoding.UTF8.GetString(packet.Payload.Span));
            return PacketFate.Pass;
        };
        await using var reader = MqttBatchReader.Start(Options(broker.Port, "reader") with { Subscriptions = ["t"], Protocol = protocol }, TimeProvider.System);
        await using var sender = MqttPublisher.Start(Options(line.Port, "sender") with { Protocol = protocol }, TimeProvider.System);
        await Eventually.TrueAsync(() => reader.IsConnected && sender.IsConnected, "both sessions");

        for (var i = 0; i < 50; i++) await sender.PublishAsync("t", Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)), Qos.AtLeastOnce, false, default);
        await Task.WhenAll(Enumerable.Range(50, 50).Select(i => sender.PublishAsync("t", Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)), Qos.AtLeastOnce, false, default).AsTask()));
        var seen = new List<int>();
        while (seen.Distinct().Count() < 100 || seen.Count < 100 + line.Up.Duplicated)
        {
            foreach (var message in await reader.ReadBatchAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token))
                seen.Add(int.Parse(Encoding.UTF8.GetString(message.Payload.Span), CultureInfo.InvariantCulture));
            await reader.AcknowledgeBatchAsync(default);
        }

        Assert.Equal(Enumerable.Range(0, 100), seen.Distinct().Order());
        Assert.True(line.Up.Duplicated > 10, $"{line.Up.Duplicated} doubled");
        Assert.True(line.Up.Reordered > 10, $"{line.Up.Reordered} overtaken");
        Assert.NotEqual(seen.Order(), seen);
        Assert.Contains("t 99", topics);
    }

    [Fact]
    public async Task Packets_are_seen_inside_tls_between_two_ends_that_trust_it()
    {
        using var vehicles = new TestCertificates();
        using var hubs = new TestCertificates();
        string[] secured = ["cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "require_certificate true", "use_identity_as_username true", "allow_anonymous false"];
        await using var broker = await MosquittoServer.StartAsync(secured, hubs.ServerFiles());
        var own = hubs.Client("unit-1");
        var shown = vehicles.ServerFiles();
        using var server = X509Certificate2.CreateFromPem(shown["server.crt"], shown["server.key"]);
        using var client = X509Certificate2.CreateFromPemFile(own.CertificateFile, own.KeyFile);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(own.CaFile);
        await using var line = FaultProxy.Start(broker.Port, byPacket: true, tls: new ProxyTls(server, client, authority));
        var seen = new TaskCompletionSource<string>();
        line.Up.Tap = packet =>
        {
            if (packet.Type == MqttPacket.Publish) seen.TrySetResult(packet.Topic);
            return PacketFate.Pass;
        };
        await using var sender = MqttPublisher.Start(Options(line.Port, "unit-1") with { Tls = vehicles.Client("unit-1") }, TimeProvider.System);
        await Eventually.TrueAsync(() => sender.IsConnected, "the session");

        Assert.Equal(DeliveryResult.Accepted, await sender.PublishAsync("t", "x"u8.ToArray(), Qos.AtLeastOnce, false, default));
        Assert.Equal("t", await seen.Task.WaitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task A_tap_cuts_at_a_packet()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var line = FaultProxy.Start(broker.Port, byPacket: true);
        var cut = false;
        line.Up.Tap = packet =>
        {
            if (cut || packet.Type != MqttPacket.Publish) return PacketFate.Pass;
            cut = true;
            return PacketFate.CutWithin;
        };
        await using var sender = MqttPublisher.Start(Options(line.Port, "sender"), TimeProvider.System);
        await Eventually.TrueAsync(() => sender.IsConnected, "the session");

        await Eventually.TrueAsync(
            async () => await sender.PublishAsync("t", "x"u8.ToArray(), Qos.AtLeastOnce, false, default) == DeliveryResult.Accepted,
            "the message gets through after the cut");
        Assert.True(line.Opened >= 2, $"{line.Opened} connections");
        Assert.Equal(1, line.Up.Cuts);
    }

    [Fact]
    public async Task A_packet_vanishes_and_a_forged_one_takes_its_place()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var line = FaultProxy.Start(broker.Port, byPacket: true);
        line.Up.Tap = packet => packet.Type == MqttPacket.Publish && packet.Topic == "true" ? PacketFate.Vanish : PacketFate.Pass;
        await using var reader = MqttBatchReader.Start(Options(broker.Port, "reader") with { Subscriptions = ["#"] }, TimeProvider.System);
        await using var sender = MqttPublisher.Start(Options(line.Port, "sender"), TimeProvider.System);
        await Eventually.TrueAsync(() => reader.IsConnected && sender.IsConnected, "both sessions");

        await sender.PublishAsync("true", "x"u8.ToArray(), Qos.AtMostOnce, false, default);
        var big = new byte[300];
        await line.ForgeAsync(up: true, "false", big);

        var message = Assert.Single(await reader.ReadBatchAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token));
        Assert.Equal("false", message.Topic);
        Assert.Equal(300, message.Payload.Length);
    }

    private static LinkOptions Options(int port, string client) => new() { Host = "127.0.0.1", Port = port, ClientId = client };

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, proxy.Port);
        return (client, await server.AcceptSocketAsync());
    }

    private static async Task<byte[]> ReceiveAsync(Socket from, int bytes)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var all = new byte[bytes];
        var at = 0;
        while (at < bytes && await from.ReceiveAsync(all.AsMemory(at), late.Token) is > 0 and var n) at += n;
        return all[..at];
    }

    private static async Task GoneAsync(Socket socket)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], late.Token));
        }
        catch (SocketException)
        {
            // A reset is gone too.
        }
    }
}
