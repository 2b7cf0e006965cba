using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// Hundreds of connections that say nothing, half of a TLS hello, a head or a body a byte at a time. All must be hung up soon, and in the
/// meantime a vehicle at the door and a person at the port are served as ever.
/// </summary>
public sealed class SlowConnections : IAttack
{
    private const int Each = 60;
    // The hub hangs up after ten seconds; hundreds of handshakes at once wait for a processor before.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Served = TimeSpan.FromSeconds(30);

    public string Name => "slow and silent connections to door and port";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        using var certificate = scene.Victim.Load();
        using var door = Door.Open(scene, certificate);
        if (await Door.AskAsync(door, "GET", "vehicle/v1/identity", stop).ConfigureAwait(false) is not 200 and var odd) return $"a vehicle is answered {odd}";
        using var answer = await scene.Hub.SendAsync(HttpMethod.Get, "api/me", null, withKey: true, stop).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode) return $"a person is answered {(int)answer.StatusCode}";
        return Stopwatch.GetElapsedTime(began) < Served ? null : "a vehicle and a person waited longer than 30 s";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        const string head = "POST /vehicle/v1/enrolment HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 15000\r\n\r\n";
        (string What, int Port, bool Tls, string First)[] kinds =
        [
            // Half of a hello: a record that says it is longer than what comes.
            ("a silent connection", scene.Hub.DoorPort, false, ""), ("half a hello", scene.Hub.DoorPort, false, "\u0016\u0003\u0001\u0002\u0000\u0001"),
            ("a slow head in TLS", scene.Hub.DoorPort, true, "GET /vehicle/v1/authority HTTP/1.1\r\nX: "), ("a slow body in TLS", scene.Hub.DoorPort, true, head),
            ("a slow head", scene.Hub.Address.Port, false, "GET /healthz HTTP/1.1\r\nX: "), ("a slow body", scene.Hub.Address.Port, false, head.Replace("/vehicle/v1/enrolment", "/api/session", StringComparison.Ordinal).Replace("Host: hub", "Host: " + scene.Hub.Address.Authority + "\r\nSec-Fetch-Site: same-origin", StringComparison.Ordinal)),
        ];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Longest);
        var open = kinds.SelectMany(k => Enumerable.Range(0, Each), (k, _) => (k.What, Hung: IsHungUpAsync(scene, k.Port, k.Tls, Encoding.Latin1.GetBytes(k.First), limit.Token))).ToList();
        await Task.Delay(TimeSpan.FromSeconds(2), stop).ConfigureAwait(false);
        var meanwhile = await ControlAsync(scene, stop).ConfigureAwait(false);
        await Task.WhenAll(open.Select(o => o.Hung)).ConfigureAwait(false);
        var held = open.Where(o => !o.Hung.Result).ToList();
        return new Tally(open.Count, held.Count + (meanwhile is null ? 0 : 1), 0, string.Join(", ", held.Select(h => h.What + " is held").Append(meanwhile).OfType<string>().Distinct().Take(4)));
    }

    /// <returns>False when it was still open at the end.</returns>
    private static async Task<bool> IsHungUpAsync(SecurityScene scene, int port, bool tls, byte[] first, CancellationToken limit)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, limit).ConfigureAwait(false);
            Stream stream = client.GetStream();
            if (tls)
            {
                var secured = new SslStream(stream);
                await secured.AuthenticateAsClientAsync(Door.Trust(scene), limit).ConfigureAwait(false);
                stream = secured;
            }

            await stream.WriteAsync(first, limit).ConfigureAwait(false);
            var reading = ReadAsync(stream, limit);
            while (!reading.IsCompleted)
            {
                if (first.Length > 0) await stream.WriteAsync("x"u8.ToArray(), limit).ConfigureAwait(false);
                await Task.WhenAny(reading, Task.Delay(1_000, limit)).ConfigureAwait(false);
                limit.ThrowIfCancellationRequested();
            }

            return await reading.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<bool> ReadAsync(Stream stream, CancellationToken limit)
    {
        var buffer = new byte[1_024];
        try
        {
            while (await stream.ReadAsync(buffer, limit).ConfigureAwait(false) > 0)
            {
                // What it is answered does not matter: it must end.
            }
        }
        catch (IOException)
        {
            // Cut.
        }

        return true;
    }
}
