using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Names of files that lead out of their folder, in every spelling, at the hub, at the vehicles' door and at the crew's screen; and as ids of vehicles.</summary>
public sealed class PathTraversal : IAttack
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] HubFolders =
        ["", "assets/", "fonts/", "glyphs/", "tiles/", "sign-in/", "openapi/", "open311/v2/media/", "api/attachments/", "api/imports/", "api/sites/", "requests/"];

    private static readonly string[] Ups = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "%252e%252e%252f", "....//", "..;/", "..%c0%af", "%2e./", "/../"];

    private static readonly string[] Others =
    [
        "/etc/passwd", "%2fetc%2fpasswd", "//etc/passwd", "file:///etc/passwd", "assets/.canary.js", ".canary.js", "%2ecanary.js", "page.js/../.canary.js", "assets/page.js%00.canary.js", "~/canary.js", "assets/%2e%2e/%2e%2e/canary.js",
    ];

    public string Name => "names of files that lead elsewhere";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        foreach (var port in (int[])[scene.Hub.Address.Port, scene.Agent.Console])
        {
            var (status, body) = await AskAsync(port, "assets/page.js", null, stop).ConfigureAwait(false);
            if (status != 200 || !body.Contains("// the page", StringComparison.Ordinal)) return $"a file of the page is answered {status}";
        }

        return null;
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        List<string> found = [];
        void Judge(string path, int? status, string body)
        {
            tried++;
            if (status >= 500) crashed++;
            if (!Canary.IsIn(body)) return;
            let++;
            found.Add($"{path} {status}");
        }

        string[] wanted = ["canary.js", "canary.json", "canary.html", "hub/ca/ca.key", "field-hub.json", "webhook.key", "etc/passwd"];
        foreach (var folder in HubFolders)
        {
            foreach (var path in Ups.SelectMany(u => wanted.SelectMany(w => (int[])[1, 2, 8], (w, n) => string.Concat(Enumerable.Repeat(u, n)) + w)).Concat(Others).Select(n => folder + n))
            {
                var (status, body) = await AskAsync(scene.Hub.Address.Port, path, scene.Hub.Key, stop).ConfigureAwait(false);
                Judge(path, status, body);
            }
        }

        foreach (var folder in (string[])["", "assets/", "console/", "console/attachments/", "console/photos/"])
        {
            foreach (var path in Ups.SelectMany(u => ((string[])["canary.js", "canary.json", "field-agent.json", "etc/passwd"]).SelectMany(w => (int[])[1, 2, 8], (w, n) => string.Concat(Enumerable.Repeat(u, n)) + w)).Concat(Others).Select(n => folder + n))
            {
                var (status, body) = await AskAsync(scene.Agent.Console, path, null, stop).ConfigureAwait(false);
                Judge(path, status, body);
            }
        }

        using var certificate = scene.Mallory.Load();
        using var door = Door.Open(scene, certificate);
        foreach (var name in Ups.Select(u => string.Concat(Enumerable.Repeat(u, 2)) + "ca%2fca.key").Concat(["..", ".", "%2e%2e", new string('A', 64), new string('a', 63), new string('a', 10_000)]))
        {
            tried++;
            var status = await Door.AskAsync(door, "GET", "vehicle/v1/updates/" + name, stop).ConfigureAwait(false);
            if (status >= 500) crashed++;
            if (status < 400) let++;
        }

        // Ids become names of files and of topics.
        foreach (var id in (string[])["../evil", "..", ".", "a/b", "a\\b", "a\0b", "a\nb", "+", "#", "$SYS", "", " ", "%2e%2e", new string('v', 1_000), "victim/up"])
        {
            tried++;
            using var body = new StringContent(System.Text.Json.JsonSerializer.Serialize(new { id, name = "x", kind = "sensor-only" }), Encoding.UTF8, "application/json");
            using var answer = await scene.Hub.SendAsync(HttpMethod.Post, "api/vehicles", body, withKey: true, stop).ConfigureAwait(false);
            if ((int)answer.StatusCode >= 500) crashed++;
            if (!answer.IsSuccessStatusCode) continue;
            let++;
            found.Add($"a vehicle named '{id}'");
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Take(3)));
    }

    // By hand: a client would tidy the address up before it sends it.
    private static async Task<(int? Status, string Body)> AskAsync(int port, string path, string? key, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, stop).ConfigureAwait(false);
        await using var stream = client.GetStream();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        var head = $"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}\r\n{(key is null ? "" : $"Authorization: Bearer {key}\r\n")}Connection: close\r\n\r\n";
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head), limit.Token).ConfigureAwait(false);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var answer = await reader.ReadToEndAsync(limit.Token).ConfigureAwait(false);
            return (answer.Length > 12 && int.TryParse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture, out var status) ? status : null, answer);
        }
        catch (IOException)
        {
            return (null, "");
        }
    }
}
