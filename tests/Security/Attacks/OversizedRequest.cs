using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Requests that announce a gigabyte, or send without end, to every address that takes a body: refused before they are read.</summary>
public sealed class OversizedRequest : IAttack
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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
                var status = await AskAsync(scene, method, path, chunked, stop).ConfigureAwait(false);
                if (status is >= 400 and < 500) continue;
                if (status is >= 500) crashed++;
                else let++;
                found.Add($"{method} {path} {status}{(chunked ? " in pieces" : "")}");
            }
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Take(5)));
    }

    /// <returns>The answer's status; null when none came, which means that it went on reading.</returns>
    private static async Task<int?> AskAsync(SecurityScene scene, string method, string path, bool chunked, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(scene.Hub.Address.Host, scene.Hub.Address.Port, stop).ConfigureAwait(false);
        await using var stream = client.GetStream();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        var head = $"{method} /{path} HTTP/1.1\r\nHost: {scene.Hub.Address.Authority}\r\nAuthorization: Bearer {scene.Hub.Key}\r\nContent-Type: application/json\r\n"
            + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: 1073741824\r\n\r\n{\"a\":\"");
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), limit.Token).ConfigureAwait(false);
            var sending = chunked ? SendAsync(stream, limit.Token) : Task.CompletedTask;
            var buffer = new byte[12];
            await stream.ReadExactlyAsync(buffer, limit.Token).ConfigureAwait(false);
            await limit.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            return int.Parse(Encoding.ASCII.GetString(buffer, 9, 3), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // Closed in our face: as good as a refusal.
            return 413;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task SendAsync(NetworkStream stream, CancellationToken stop)
    {
        var piece = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 0x10000) + "\r\n");
        try
        {
            for (var i = 0; i < 16_384; i++) await stream.WriteAsync(piece, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The hub has heard enough.
        }
    }
}
