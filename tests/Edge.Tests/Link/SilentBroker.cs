using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Edge.Tests.Link;

/// <summary>Accepts an MQTT 5 session and then never answers, which no real broker can be made to do.</summary>
internal sealed class SilentBroker : IAsyncDisposable
{
    private static readonly byte[] Connack = [0x20, 3, 0, 0, 0];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;
    private Socket? current;

    public SilentBroker()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool HasPublish { get; private set; }

    public void HangUp() => current?.Close(0);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        HangUp();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[4_096];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                current = await listener.AcceptSocketAsync(stop.Token);
                await current.ReceiveAsync(buffer, stop.Token);
                await current.SendAsync(Connack, stop.Token);
                while (await current.ReceiveAsync(buffer, stop.Token) > 0) HasPublish |= (buffer[0] & 0xF0) == 0x30;
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Hung up.
            }
        }
    }
}
