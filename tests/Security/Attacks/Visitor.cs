using System.Text;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>A person of city IT in a browser: the session's cookie, and requests as the hub's own page sends them.</summary>
internal static class Visitor
{
    /// <returns>The session's cookie.</returns>
    public static async Task<string> SignInAsync(SecurityScene scene, string name, CancellationToken stop)
    {
        var link = await scene.Hub.RunAsync(stop, "people", "invite", "--name", name, "--role", "city-it").ConfigureAwait(false);
        using var answer = await SendAsync(scene, HttpMethod.Post, "api/session/link", null, $$"""{"token":"{{link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]}}"}""", stop).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode) throw new InvalidDataException($"{name} cannot sign in: {(int)answer.StatusCode}");
        return answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    /// <summary>Only the head of the answer is waited for.</summary>
    public static async Task<HttpResponseMessage> SendAsync(SecurityScene scene, HttpMethod method, string path, string? cookie, string? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await scene.Hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
    }
}
