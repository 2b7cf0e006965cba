using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>A page of another site in the cabin's browser asks the crew's screen: by its own name that was turned to loopback, or across origins.</summary>
public sealed class ForeignPanel : IAttack
{
    private static readonly (string Method, string Path)[] Addresses =
    [
        ("GET", "console/state"), ("GET", "console/events"), ("POST", "console/shift"), ("POST", "console/actions"), ("POST", "console/attachments"), ("POST", "console/say"),
    ];

    public string Name => "foreign Host and Origin at the crew's screen";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var own = "127.0.0.1:" + scene.Agent.Console.ToString(CultureInfo.InvariantCulture);
        var status = await SendAsync(scene, "POST", "console/shift", own, "http://" + own, "same-origin", "application/json", stop).ConfigureAwait(false);
        return status == 200 ? null : $"the screen's own page is answered {status}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var port = scene.Agent.Console.ToString(CultureInfo.InvariantCulture);
        var (tried, let, crashed) = (0, 0, 0);
        var own = "127.0.0.1:" + port;
        (string Host, string? Origin, string? Site)[] foreigners =
        [
            ("evil.example", null, null), ("evil.example:" + port, null, null), ("127.0.0.1.evil.example:" + port, null, null), ("localhost.evil.example:" + port, null, null),
            ("127.0.0.1:1", null, null), ("2130706433:" + port, null, null), ("0.0.0.0:" + port, null, null),
            (own, "https://evil.example", null), (own, "null", null), (own, "http://127.0.0.1:1", null), (own, "http://localhost.evil.example:" + port, null),
            (own, null, "cross-site"), (own, null, "same-site"),
        ];
        List<string> found = [];
        foreach (var (method, path) in Addresses)
        {
            foreach (var (host, origin, site) in foreigners)
            {
                foreach (var type in (string[])["application/json", "text/plain", "image/jpeg"])
                {
                    tried++;
                    var status = await SendAsync(scene, method, path, host, origin, site, type, stop).ConfigureAwait(false);
                    if (status is >= 400 and < 500) continue;
                    if (status == 500) crashed++;
                    let++;
                    found.Add($"{method} {path} as {host} of {origin ?? site}: {status}");
                }
            }
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Distinct().Take(3)));
    }

    private static async Task<int> SendAsync(SecurityScene scene, string method, string path, string host, string? origin, string? site, string type, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (method != "GET") request.Content = new StringContent("""{"state":"on","crew":"crew-1","members":["m-1"]}""", Encoding.UTF8, type);
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        // The head is enough: the stream of events never ends.
        using var answer = await scene.Agent.Screen.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }
}
