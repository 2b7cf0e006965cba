using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ThreeOneOne.Field.Support.Proxy;

/// <summary>
/// A TCP proxy on loopback that behaves like a bad mobile line: slow, far, cut, half-open, paused; and for plain MQTT also
/// with PUBLISH packets twice or in another order. Seeded, and changed while it runs.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    // Small, so that what a slow line cannot carry backs up in the sender as it does behind a modem.
    private const int SocketBuffer = 8 * 1024;

    private readonly TcpListener listener;
    private readonly IPEndPoint target;
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<ProxyConnection> connections = [];
    private readonly List<Task> running = [];
    private readonly Task accepting;
    private int opened;

    private FaultProxy(int targetPort, bool byPacket, int seed, int port, ProxyTls? tls)
    {
        Tls = tls;
        target = new IPEndPoint(IPAddress.Loopback, targetPort);
        ByPacket = byPacket;
        Up = new FaultLane(seed);
        Down = new FaultLane(seed ^ 0x5555);
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.ReceiveBufferSize = SocketBuffer;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>True when the stream is read as plain MQTT, packet by packet.</summary>
    public bool ByPacket { get; }

    internal ProxyTls? Tls { get; }

    /// <summary>From client to server.</summary>
    public FaultLane Up { get; }

    /// <summary>From server to client.</summary>
    public FaultLane Down { get; }

    /// <summary>True: new connections are reset at once, as in a dead zone.</summary>
    public bool Refusing { get; set; }

    /// <summary>Connections accepted so far.</summary>
    public int Opened => Volatile.Read(ref opened);

    /// <summary>Connections now.</summary>
    public int Alive
    {
        get
        {
            lock (connections) return connections.Count;
        }
    }

    /// <param name="targetPort">Port of the server on loopback.</param>
    /// <param name="byPacket">
    /// True: plain MQTT, packets are seen and may be doubled and reordered. False: any stream (TLS), faults per byte.
    /// </param>
    /// <param name="seed">Of its chances.</param>
    /// <param name="port">Port to listen on; 0 takes a free one.</param>
    /// <param name="tls">Not null: the proxy ends the client's TLS and begins its own with the server, so that it can see packets.</param>
    public static FaultProxy Start(int targetPort, bool byPacket = false, int seed = 1, int port = 0, ProxyTls? tls = null) =>
        new(targetPort, byPacket, seed, port, tls);

    /// <summary>Sets both directions to the same speed and half of the round trip each.</summary>
    /// <param name="bitsPerSecond">0 is unlimited.</param>
    /// <param name="roundTrip">Both ways together.</param>
    public void Slow(long bitsPerSecond, TimeSpan roundTrip)
    {
        foreach (var lane in (FaultLane[])[Up, Down])
        {
            lane.BitsPerSecond = bitsPerSecond;
            lane.Latency = roundTrip / 2;
        }
    }

    /// <summary>Ends all connections.</summary>
    /// <param name="reset">True: RST, what is on the way is lost. False: an orderly close.</param>
    public void Cut(bool reset = true)
    {
        foreach (var connection in Current()) connection.Cut(reset);
    }

    /// <summary>
    /// The line forgets the connections that there are: nothing arrives any more and neither side is told, also not after
    /// the line is well again. New connections work.
    /// </summary>
    public void HalfOpen()
    {
        foreach (var connection in Current()) connection.Swallow();
    }

    /// <summary>Sends a PUBLISH of its own, QoS 0, as if the other side had: plain MQTT 5 only.</summary>
    /// <param name="up">True: to the server. False: to the client.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="payload">Its payload.</param>
    public async Task ForgeAsync(bool up, string topic, ReadOnlyMemory<byte> payload)
    {
        var packet = MqttPacket.Forge(topic, payload.Span);
        foreach (var connection in Current()) await connection.InjectAsync(up, packet).ConfigureAwait(false);
    }

    /// <summary>Holds all bytes back in both directions, or lets them go.</summary>
    public void Pause(bool paused = true) => Up.Paused = Down.Paused = paused;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        listener.Stop();
        await accepting.ConfigureAwait(false);
        Cut();
        Task[] left;
        lock (connections) left = [.. running];
        await Task.WhenAll(left).ConfigureAwait(false);
        stop.Dispose();
        listener.Dispose();
    }

    private ProxyConnection[] Current()
    {
        lock (connections) return [.. connections];
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(stop.Token).ConfigureAwait(false);
                if (Refusing)
                {
                    client.LingerState = new LingerOption(true, 0);
                    client.Close();
                    continue;
                }

                var task = ServeAsync(client, Interlocked.Increment(ref opened));
                lock (connections)
                {
                    running.RemoveAll(t => t.IsCompleted);
                    running.Add(task);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Ended, or the client was gone before it was accepted.
            }
        }
    }

    private async Task ServeAsync(Socket client, int number)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        // Known before it stands: a cut ends it also while it is being made.
        using var connection = new ProxyConnection(client, server, this, number);
        lock (connections) connections.Add(connection);
        try
        {
            await server.ConnectAsync(target, stop.Token).ConfigureAwait(false);
            await connection.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or AuthenticationException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            connection.Cut(reset: true);
        }
        finally
        {
            lock (connections) connections.Remove(connection);
        }
    }
}
