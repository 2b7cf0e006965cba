using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Everything that the hub serves to people, asked without a session: the live feed too, plainly and as a WebSocket.</summary>
public sealed class NoSession : IAttack
{
    /// <summary>What asks for none: signing in, Open311, and Event Grid with a key of its own.</summary>
    private static readonly string[] Open = ["api/session", "api/session/link", "open311/", "healthz", "readyz", "azure/events", "sign-in"];

    public string Name => "every address and the live feed without a session";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/live", UriKind.Relative));
        request.Headers.Authorization = new("Bearer", scene.Hub.Key);
        using var answer = await scene.Hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        return answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? null : $"the feed with a key is answered {(int)answer.StatusCode}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        List<string> found = [];
        (string, string)[][] shown =
        [
            [], [("Authorization", "Bearer ")], [("Authorization", "Bearer " + scene.Hub.Key[..^1])], [("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes("admin:admin")))], [("Cookie", "field_session=x")],
        ];
        async Task AskAsync(string method, string path, IEnumerable<(string Name, string Value)> headers)
        {
            tried++;
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = method is "GET" or "DELETE" ? null : new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
            using var answer = await scene.Hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            if (status >= 500) crashed++;
            if (status is 401 or 403) return;
            let++;
            found.Add($"{method} {path} {status}");
        }

        foreach (var (method, path) in (await Routes.AllAsync(scene, stop).ConfigureAwait(false)).Where(r => !Open.Any(o => r.Path.StartsWith(o, StringComparison.Ordinal)) || r.Method == "DELETE"))
        {
            foreach (var headers in shown) await AskAsync(method, path, headers).ConfigureAwait(false);
        }

        (string, string)[] socket = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")];
        foreach (var headers in shown)
        {
            await AskAsync("GET", "api/live", [("Accept", "text/event-stream"), ("Last-Event-ID", "00000000:1"), .. headers]).ConfigureAwait(false);
            await AskAsync("GET", "api/live", [.. socket, .. headers]).ConfigureAwait(false);
            await AskAsync("GET", "api/live?key=" + scene.Hub.Key, headers).ConfigureAwait(false);
            await AskAsync("GET", "api/live?access_token=" + scene.Hub.Key, headers).ConfigureAwait(false);
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Distinct().Take(5)));
    }
}
