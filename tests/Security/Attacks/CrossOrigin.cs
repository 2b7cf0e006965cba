using System.Text;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>A page of another site makes its visitor's browser send what changes something, to every address, with the visitor's cookie.</summary>
public sealed class CrossOrigin : IAttack
{
    private static readonly (string Header, string Value)[][] Sites =
    [
        [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")],
        [("Origin", "https://evil.example")],
        [("Origin", "null"), ("Sec-Fetch-Site", "cross-site")],
        [("Origin", "null")],
        [("Sec-Fetch-Site", "same-site")],
        [("Sec-Fetch-Site", "none")],
        [("Referer", "https://evil.example/page")],
        [],
    ];

    private string? cookie;

    public string Name => "cross-origin requests with a visitor's cookie";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        cookie ??= await Visitor.SignInAsync(scene, "Visitor", stop).ConfigureAwait(false);
        var status = await SendAsync(scene, "POST", "api/keys", [("Sec-Fetch-Site", "same-origin")], "application/json", """{"name":"control","role":"read-only"}""", stop).ConfigureAwait(false);
        return status == 201 ? null : $"the hub's own page is answered {status}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        List<string> found = [];
        foreach (var (method, path) in await Routes.ChangingAsync(scene, withBody: false, stop).ConfigureAwait(false))
        {
            foreach (var site in Sites)
            {
                foreach (var type in (string[])["application/json", "text/plain", "application/x-www-form-urlencoded"])
                {
                    tried++;
                    var status = await SendAsync(scene, method, path, site, type, "{}", stop).ConfigureAwait(false);
                    if (status >= 500) crashed++;
                    if (status == 403) continue;
                    let++;
                    found.Add($"{method} {path} {status}");
                }
            }
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Distinct().Take(5)));
    }

    private async Task<int> SendAsync(SecurityScene scene, string method, string path, IEnumerable<(string Header, string Value)> site, string type, string body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("Cookie", cookie);
        foreach (var (header, value) in site) request.Headers.Add(header, value);
        using var answer = await scene.Hub.Http.SendAsync(request, stop).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }
}
