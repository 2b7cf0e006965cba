using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Support.Proxy;

/// <summary>One connection through the proxy: two sockets, and a line in each direction.</summary>
internal sealed class ProxyConnection(Socket client, Socket server, FaultProxy proxy, int number) : IDisposable
{
    private const int MostBytes = 16 * 1024;

    private readonly CancellationTokenSource end = new();
    private volatile bool swallowing;
    private volatile int version = 4;
    private int cut;
    private DelayLine? toServer;
    private DelayLine? toClient;

    /// <summary>From now on nothing arrives in either direction and nobody is told.</summary>
    public void Swallow() => swallowing = true;

    /// <summary>Adds a packet of the proxy's own to the stream.</summary>
    public async Task InjectAsync(bool up, byte[] packet)
    {
        if ((up ? toServer : toClient) is { } line) await line.AddAsync(packet, PacketFate.Pass, Stopwatch.GetTimestamp(), end.Token).ConfigureAwait(false);
    }

    /// <param name="reset">True: RST, and what was on the way is lost. False: an orderly close.</param>
    public void Cut(bool reset)
    {
        if (Interlocked.Exchange(ref cut, 1) == 1) return;
        foreach (var socket in (Socket[])[client, server])
        {
            try
            {
                if (reset) socket.LingerState = new LingerOption(true, 0);
                else socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // Its peer was faster.
            }
        }

        end.Cancel();
        client.Close();
        server.Close();
    }

    public async Task RunAsync()
    {
        await using var near = await NearAsync().ConfigureAwait(false);
        await using var far = await FarAsync().ConfigureAwait(false);
        using var up = new DelayLine();
        using var down = new DelayLine();
        (toServer, toClient) = (up, down);
        await Task.WhenAll(
            ReadAsync(near, proxy.Up, up), WriteAsync(far, proxy.Up, up),
            ReadAsync(far, proxy.Down, down), WriteAsync(near, proxy.Down, down)).ConfigureAwait(false);
        Cut(reset: false);
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        end.Dispose();
    }

    private async Task<Stream> NearAsync()
    {
        var stream = new NetworkStream(client);
        if (proxy.Tls is not { } tls) return stream;
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = tls.Server, ClientCertificateRequired = false }, end.Token).ConfigureAwait(false);
        return secured;
    }

    private async Task<Stream> FarAsync()
    {
        var stream = new NetworkStream(server);
        if (proxy.Tls is not { } tls) return stream;
        var secured = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificates = [tls.Client],
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        options.CertificateChainPolicy.CustomTrustStore.Add(tls.Authority);
        await secured.AuthenticateAsClientAsync(options, end.Token).ConfigureAwait(false);
        return secured;
    }

    private async Task ReadAsync(Stream from, FaultLane lane, DelayLine line)
    {
        var buffer = new byte[MostBytes];
        var splitter = proxy.ByPacket ? new MqttSplitter() : null;
        var last = 0L;
        try
        {
            while (true)
            {
                await lane.OpenAsync(end.Token).ConfigureAwait(false);
                var n = await from.ReadAsync(buffer.AsMemory(0, lane.Portion(MostBytes)), end.Token).ConfigureAwait(false);
                if (n == 0) break;
                if (swallowing)
                {
                    lane.Add("swallowed", n);
                    continue;
                }

                await lane.PaceAsync(n, end.Token).ConfigureAwait(false);
                last = Math.Max(last, Stopwatch.GetTimestamp() + (long)(lane.Latency.TotalSeconds * Stopwatch.Frequency));
                if (splitter is null) await line.AddAsync(buffer[..n], PacketFate.Pass, last, end.Token).ConfigureAwait(false);
                else foreach (var packet in splitter.Add(buffer.AsSpan(0, n))) await AddAsync(packet, lane, line, last).ConfigureAwait(false);
            }

            // A half-open peer hears of no close either.
            if (!swallowing) await line.AddAsync([], PacketFate.CutBefore, last, end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            if (!swallowing) Cut(reset: true);
        }
        catch (FormatException)
        {
            Cut(reset: true);
        }
    }

    private async ValueTask AddAsync(byte[] bytes, FaultLane lane, DelayLine line, long due)
    {
        if (bytes[0] >> 4 == MqttPacket.Connect) version = MqttPacket.LevelOf(bytes);
        var packet = new MqttPacket(bytes, version, number);
        var fate = lane.Tap?.Invoke(packet) ?? PacketFate.Pass;
        if (fate == PacketFate.Vanish) return;
        if (packet.Type != MqttPacket.Publish)
        {
            await line.AddAsync(bytes, fate, due, end.Token).ConfigureAwait(false);
            return;
        }

        lane.Add("publishes");
        if (lane.Chance(lane.Duplicate))
        {
            lane.Add("duplicated");
            await line.AddAsync(packet.Again(), PacketFate.Pass, due + Late(lane), end.Token).ConfigureAwait(false);
        }

        if (fate == PacketFate.Pass && lane.Chance(lane.Reorder))
        {
            lane.Add("reordered");
            due += Late(lane);
        }

        await line.AddAsync(bytes, fate, due, end.Token).ConfigureAwait(false);
    }

    private static long Late(FaultLane lane) => (long)(lane.OvertakenBy.TotalSeconds * Stopwatch.Frequency);

    private async Task WriteAsync(Stream to, FaultLane lane, DelayLine line)
    {
        try
        {
            while (true)
            {
                var (bytes, fate) = await line.TakeAsync(end.Token).ConfigureAwait(false);
                await lane.OpenAsync(end.Token).ConfigureAwait(false);
                if (swallowing)
                {
                    lane.Add("swallowed", bytes.Length);
                    continue;
                }

                if (bytes.Length == 0) break;
                var wanted = fate switch { PacketFate.CutBefore => 0, PacketFate.CutWithin => bytes.Length / 2, _ => bytes.Length };
                var allowed = Math.Min(wanted, lane.Spend(wanted));
                await to.WriteAsync(bytes.AsMemory(0, allowed), end.Token).ConfigureAwait(false);
                lane.Add("bytes", allowed);
                if (allowed == bytes.Length && fate == PacketFate.Pass) continue;
                lane.Add("cuts");
                break;
            }

            // Orderly, so that what was sent before the cut still arrives.
            Cut(reset: false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Cut(reset: true);
        }
    }
}
