using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ThreeOneOne.Field.Edge.Tests.Clock;

/// <summary>A GPS receiver behind a TCP address that stands still in Cambridge and tells the time ten times a second.</summary>
internal sealed class LiveReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly TimeSpan behind;
    private readonly Task running;

    /// <param name="behind">How far its calendar lags; 1,024 weeks for one whose counter has rolled over.</param>
    public LiveReceiver(TimeSpan behind = default)
    {
        this.behind = behind;
        listener.Start();
        running = RunAsync();
    }

    public string Address => $"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        listener.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            try
            {
                while (await beat.WaitForNextTickAsync(stop.Token))
                {
                    var now = TimeProvider.System.GetUtcNow() - behind;
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Sentence(now)), stop.Token);
                }
            }
            catch (IOException)
            {
                // The vehicle ended; the next one connects anew.
            }
        }
    }

    private static string Sentence(DateTimeOffset now)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"GPRMC,{now:HHmmss.ff},A,4222.2000,N,07106.6000,W,0.0,,{now:ddMMyy},,,A");
        var sum = body.Aggregate(0, (s, c) => s ^ c);
        return $"${body}*{sum:X2}\r\n";
    }
}
