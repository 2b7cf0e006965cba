using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>One device's connection: from CONNECT to its end, by whatever rule of IoT Hub.</summary>
internal sealed class StandInSession(IotHubStandIn hub, SslStream stream, X509Certificate2? certificate) : IDisposable
{
    private const int MostSubscriptions = 5;
    private const int LongestMessage = 256 * 1024;

    private readonly SemaphoreSlim line = new(1, 1);
    private readonly CancellationTokenSource end = new();
    private readonly List<string> subscriptions = [];
    private string? willTopic;
    private byte[] will = [];
    private bool saidGoodbye;
    private int lastMid;

    public StandInDevice? Device { get; private set; }

    /// <summary>Ends the connection from this side.</summary>
    public void End(string reason)
    {
        try
        {
            if (end.IsCancellationRequested) return;
            end.Cancel();
            hub.Note(reason);
            stream.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at the same time.
        }
    }

    public bool Hears(string filter)
    {
        lock (subscriptions) return subscriptions.Contains(filter);
    }

    public async Task<bool> SendAsync(string topic, byte[] payload, int qos)
    {
        await WriteAsync(MqttPacket.WritePublish(topic, payload, qos, (ushort)(Interlocked.Increment(ref lastMid) % 65_000 + 1))).ConfigureAwait(false);
        return !end.IsCancellationRequested;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the line does, the session is over.")]
    public async Task RunAsync()
    {
        try
        {
            if (await MqttPacket.ReadAsync(stream, end.Token).ConfigureAwait(false) is not { Type: MqttPacket.Connect } connect || !await AcceptAsync(connect).ConfigureAwait(false)) return;
            while (await MqttPacket.ReadAsync(stream, end.Token).ConfigureAwait(false) is { } packet && await TakeAsync(packet).ConfigureAwait(false))
            {
            }
        }
        catch (Exception)
        {
            // The line broke.
        }
        finally
        {
            if (Device is { } device)
            {
                hub.Left(device, this);
                if (!saidGoodbye && willTopic is { } topic) hub.Telemetry(device, topic, will, retain: false, isWill: true);
            }

            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        end.Dispose();
        line.Dispose();
    }

    private async Task<bool> AcceptAsync(MqttPacket connect)
    {
        var (protocol, level, flags) = (connect.Text(), connect.Byte(), connect.Byte());
        var keepAlive = connect.Short();
        var client = connect.Text();
        if ((flags & 0x04) != 0) (willTopic, will) = (connect.Text(), connect.Bytes());
        var user = (flags & 0x80) != 0 ? connect.Text() : "";
        var password = (flags & 0x40) != 0 ? connect.Text() : null;
        var fault = protocol != "MQTT" || level != 4 ? "a version other than 3.1.1"
            : keepAlive is 0 or > 1177 ? $"a keep-alive of {keepAlive} s"
            : (flags & 0x18) == 0x10 ? "a will of QoS 2"
            : hub.Find(client) is not { } known ? $"the device {client} is not known"
            : user != $"{hub.HostName}/{client}/?api-version=2021-04-12" ? $"the user name {user}"
            : Prove(known, password);
        if (fault is not null)
        {
            hub.Note(fault);
            await WriteAsync(MqttPacket.Write(0x20, 0, 5)).ConfigureAwait(false);
            return false;
        }

        Device = hub.Find(client)!;
        hub.Joined(Device, this);
        await WriteAsync(MqttPacket.Write(0x20, 0, 0)).ConfigureAwait(false);
        return true;
    }

    private string? Prove(StandInDevice device, string? password)
    {
        if (device.IsDisabled) return $"the device {device.Id} is disabled";
        if (device.Key is null)
        {
            var name = certificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            if (name != device.Id) return $"the certificate names '{name}'";
            return device.Thumbprints is { Count: > 0 } known && !known.Contains(certificate!.GetCertHashString(HashAlgorithmName.SHA256), StringComparer.OrdinalIgnoreCase)
                ? $"another certificate of {name}"
                : null;
        }

        var now = hub.Now;
        var expires = SasCheck.Expiry(password, $"{hub.HostName}/devices/{device.Id}", policy => policy is null ? device.Key : null, now, out var reason)
            ?? SasCheck.Expiry(password, $"{hub.HostName}/devices/{device.Id}", policy => policy is null ? device.SecondKey : null, now, out _);
        if (expires is null) return reason;
        // A token that ends on an open connection ends the connection.
        _ = EndAtAsync(expires.Value - now);
        return null;
    }

    private async Task EndAtAsync(TimeSpan after)
    {
        await Task.Delay(after, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!end.IsCancellationRequested) End("the token of an open connection expired");
    }

    private async Task<bool> TakeAsync(MqttPacket packet)
    {
        switch (packet.Type)
        {
            case MqttPacket.Publish:
                return await TakePublishAsync(packet).ConfigureAwait(false);
            case MqttPacket.Subscribe:
                return await TakeSubscribeAsync(packet).ConfigureAwait(false);
            case MqttPacket.Unsubscribe:
                var mid = packet.Short();
                lock (subscriptions) subscriptions.Remove(packet.Text());
                await WriteAsync(MqttPacket.Write(0xb0, (byte)(mid >> 8), (byte)mid)).ConfigureAwait(false);
                return true;
            case MqttPacket.Ping:
                await WriteAsync(MqttPacket.Write(0xd0)).ConfigureAwait(false);
                return true;
            case MqttPacket.Disconnect:
                saidGoodbye = true;
                return false;
            case MqttPacket.PublishAck:
                return true;
            default:
                End($"a packet of type {packet.Type}");
                return false;
        }
    }

    private async Task<bool> TakePublishAsync(MqttPacket packet)
    {
        var qos = (packet.Flags >> 1) & 3;
        var topic = packet.Text();
        var mid = qos > 0 ? packet.Short() : 0;
        var body = packet.Rest();
        if (qos > 1)
        {
            End("a publish of QoS 2");
            return false;
        }

        if (body.Length + topic.Length > LongestMessage)
        {
            End("a message longer than 256 KB");
            return false;
        }

        if (hub.IsSilent) return true;
        if (!await hub.TakeAsync(this, topic, body, retain: (packet.Flags & 1) != 0).ConfigureAwait(false))
        {
            End($"the topic {topic}");
            return false;
        }

        if (qos == 1 && !hub.KeepsAcknowledgements) await WriteAsync(MqttPacket.Write(0x40, (byte)(mid >> 8), (byte)mid)).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> TakeSubscribeAsync(MqttPacket packet)
    {
        var mid = packet.Short();
        List<byte> granted = [(byte)(mid >> 8), (byte)mid];
        while (!packet.IsRead)
        {
            var filter = packet.Text();
            granted.Add((byte)Math.Min(packet.Byte(), 1));
            string[] allowed = [$"devices/{Device!.Id}/messages/devicebound/#", "$iothub/twin/res/#", "$iothub/twin/PATCH/properties/desired/#", "$iothub/methods/POST/#"];
            if (!allowed.Contains(filter) || subscriptions.Count >= MostSubscriptions)
            {
                End($"a subscription to {filter}");
                return false;
            }

            lock (subscriptions) subscriptions.Add(filter);
        }

        await WriteAsync(MqttPacket.Write(0x90, [.. granted])).ConfigureAwait(false);
        return true;
    }

    private async Task WriteAsync(byte[] packet)
    {
        var mine = false;
        try
        {
            await line.WaitAsync(end.Token).ConfigureAwait(false);
            mine = true;
            await stream.WriteAsync(packet, end.Token).ConfigureAwait(false);
            await stream.FlushAsync(end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader of the session sees it, too.
        }
        finally
        {
            if (mine) line.Release();
        }
    }
}
