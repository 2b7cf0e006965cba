using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Requests that announce a gigabyte, or send more than that in pieces, to every address that takes a body: refused before more of them is read than the address may take.</summary>
public sealed class OversizedRequest : IAttack
{
    // What lies in the sockets' own buffers, and Open311's photos: whoever has heard more has read on.
    private const long MostHeardBytes = 24L << 20;

    // What city IT brings from files and sticks is written to disk as it comes, up to a bound of its own.
    private static readonly Dictionary<string, long> Larger = new(StringComparer.Ordinal)
    {
        ["api/imports/street-lights"] = 256L << 20,
        ["api/imports/road-structures"] = 256L << 20,
        ["api/imports/work-zones"] = 256L << 20,
        ["api/imports/requests"] = 256L << 20,
        ["api/outbox"] = 1L << 30,
    };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Name => "oversized requests to every address";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        using var body = new StringContent("""{"name":"control","role":"read-only"}""", Encoding.UTF8, "application/json");
        using var answer = await scene.Hub.SendAsync(HttpMethod.Post, "api/keys", body, withKey: true, stop).ConfigureAwait(false);
        return (int)answer.StatusCode == 201 ? null : $"a short body is answered {(int)answer.StatusCode}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        List<string> found = [];
        foreach (var (method, path) in await Routes.ChangingAsync(scene, withBody: true, stop).ConfigureAwait(false))
        {
            foreach (var chunked in (bool[])[false, true])
            {
                tried++;
                var (status, heard) = await AskAsync(scene, method, path, chunked, stop).ConfigureAwait(false);
                if (status is >= 400 and < 500 && heard <= MostHeardBytes + Larger.GetValueOrDefault(path)) continue;
                if (status is >= 500) crashed++;
                else let++;
                found.Add($"{method} {path} {status}{(chunked ? $" in pieces, after {heard >> 20} MiB" : "")}");
            }
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Take(5)));
    }

    /// <returns>The answer's status, null when none came, which means that it went on reading; and how much went out before it.</returns>
    private static async Task<(int? Status, long Heard)> AskAsync(SecurityScene scene, string method, string path, bool chunked, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(scene.Hub.Address.Host, scene.Hub.Address.Port, stop).ConfigureAwait(false);
        await using var stream = client.GetStream();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        var head = $"{method} /{path} HTTP/1.1\r\nHost: {scene.Hub.Address.Authority}\r\nAuthorization: Bearer {scene.Hub.Key}\r\nContent-Type: application/json\r\n"
            + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: 1073741824\r\n\r\n{\"a\":\"");
        var heard = new StrongBox<long>();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), limit.Token).ConfigureAwait(false);
            var sending = chunked ? SendAsync(stream, heard, limit.Token) : Task.CompletedTask;
            var buffer = new byte[12];
            await stream.ReadExactlyAsync(buffer, limit.Token).ConfigureAwait(false);
            await limit.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            return (int.Parse(Encoding.ASCII.GetString(buffer, 9, 3), CultureInfo.InvariantCulture), heard.Value);
        }
        catch (IOException)
        {
            // Closed in our face: as good as a refusal.
            return (413, heard.Value);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, heard.Value);
        }
    }

    private static async Task SendAsync(NetworkStream stream, StrongBox<long> heard, CancellationToken stop)
    {
        var piece = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 0x10000) + "\r\n");
        try
        {
            for (var i = 0; i < 18_000; i++)
            {
                await stream.WriteAsync(piece, stop).ConfigureAwait(false);
                heard.Value += piece.Length;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The hub has heard enough.
        }
    }
}
