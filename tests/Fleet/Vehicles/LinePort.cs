using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>A free port of this machine that sends lines to whoever connected last. Nothing is kept for nobody.</summary>
public sealed class LinePort : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile Channel<string>? _client;

    public LinePort()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public string Address => $"tcp:127.0.0.1:{Port}";

    public void Send(string lines) => _client?.Writer.TryWrite(lines);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                // A sensor's driver buffers little; what a busy reader misses is gone.
                var lines = Channel.CreateBounded<string>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
                _client?.Writer.TryComplete();
                _client = lines;
                _ = ServeAsync(socket, lines);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        catch (SocketException)
        {
            // The listener was closed.
        }
    }

    private async Task ServeAsync(TcpClient socket, Channel<string> lines)
    {
        using var client = socket;
        client.NoDelay = true;
        try
        {
            await foreach (var text in lines.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The agent went, or the run ends.
        }
    }
}
