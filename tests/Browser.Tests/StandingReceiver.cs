using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>A GPS receiver on a vehicle that stands: NMEA once a second, for whoever connects.</summary>
public sealed class StandingReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly string place;
    private readonly Task running;

    public StandingReceiver(double lat, double lon)
    {
        place = $"{Degrees(lat, "00")},{(lat < 0 ? 'S' : 'N')},{Degrees(lon, "000")},{(lon < 0 ? 'W' : 'E')}";
        listener.Start();
        running = ServeAsync();
    }

    /// <summary>As the agent's <c>Position:Source</c>.</summary>
    public string Address => $"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            try
            {
                await SendAsync(client.GetStream());
            }
            catch (IOException)
            {
                // The vehicle has gone; the next may come.
            }
        }
    }

    private async Task SendAsync(NetworkStream to)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            var now = TimeProvider.System.GetUtcNow();
            var clock = now.ToString("HHmmss.ff", CultureInfo.InvariantCulture);
            var date = now.ToString("ddMMyy", CultureInfo.InvariantCulture);
            await to.WriteAsync(Encoding.ASCII.GetBytes(Sentence($"GPRMC,{clock},A,{place},0.10,,{date},,,A") + Sentence($"GPGGA,{clock},{place},1,9,0.9,10.0,M,0.0,M,,")), stop.Token);
        }
        while (await second.WaitForNextTickAsync(stop.Token));
    }

    private static string Degrees(double value, string whole)
    {
        value = Math.Abs(value);
        return ((int)value).ToString(whole, CultureInfo.InvariantCulture) + (value % 1 * 60).ToString("00.00000", CultureInfo.InvariantCulture);
    }

    private static string Sentence(string body) => $"${body}*{body.Aggregate(0, (sum, c) => sum ^ c):X2}\r\n";
}
