using System.Security.Cryptography;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// A session's cookie that somebody copied, after its person signed out, was removed, or everywhere else was signed out; cookies that were
/// never given; and a feed that was open when the session ended.
/// </summary>
public sealed class StolenCookie : IAttack
{
    // The promise: a session that ended reaches open feeds within this time.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private static readonly string[] Addresses = ["api/me", "api/vehicles", "api/requests", "api/live", "api/audit", "metrics"];

    private int people;

    public string Name => "a stolen cookie after its session ended";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var cookie = await Visitor.SignInAsync(scene, NextName(), stop).ConfigureAwait(false);
        foreach (var path in Addresses)
        {
            using var answer = await Visitor.SendAsync(scene, HttpMethod.Get, path, cookie, null, stop).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) return $"a session that is open is answered {(int)answer.StatusCode} at {path}";
        }

        return null;
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        List<string> found = [];
        async Task ShowAsync(string what, string cookie)
        {
            foreach (var path in Addresses)
            {
                tried++;
                using var answer = await Visitor.SendAsync(scene, HttpMethod.Get, path, cookie, null, stop).ConfigureAwait(false);
                if ((int)answer.StatusCode >= 500) crashed++;
                if ((int)answer.StatusCode >= 400) continue;
                let++;
                found.Add($"{what}: {path} {(int)answer.StatusCode}");
            }
        }

        var left = await Visitor.SignInAsync(scene, NextName(), stop).ConfigureAwait(false);
        using (var feed = await Visitor.SendAsync(scene, HttpMethod.Get, "api/live", left, null, stop).ConfigureAwait(false))
        {
            if (!feed.IsSuccessStatusCode) throw new InvalidDataException("the feed does not open");
            using (var done = await Visitor.SendAsync(scene, HttpMethod.Delete, "api/session", left, null, stop).ConfigureAwait(false))
            {
                if (!done.IsSuccessStatusCode) throw new InvalidDataException($"signing out is answered {(int)done.StatusCode}");
            }

            tried++;
            if (!await EndsAsync(feed, stop).ConfigureAwait(false))
            {
                let++;
                found.Add("an open feed goes on");
            }
        }

        await ShowAsync("signed out", left).ConfigureAwait(false);

        var name = NextName();
        var removed = await Visitor.SignInAsync(scene, name, stop).ConfigureAwait(false);
        var person = (await scene.Hub.Api.GetAsync("api/people", stop).ConfigureAwait(false)).GetProperty("items").EnumerateArray().First(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetString();
        using (var gone = await scene.Hub.SendAsync(HttpMethod.Delete, $"api/people/{person}", null, withKey: true, stop).ConfigureAwait(false))
        {
            if (!gone.IsSuccessStatusCode) throw new InvalidDataException($"removing a person is answered {(int)gone.StatusCode}");
        }

        await ShowAsync("removed", removed).ConfigureAwait(false);

        var token = removed[(removed.IndexOf('=', StringComparison.Ordinal) + 1)..];
        foreach (var made in (string[])
        [
            "", "x", new string('0', 43), RandomNumberGenerator.GetHexString(64), token[..^1], token + "=", Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token))), new string('x', 7_000), "' OR 1=1 --",
        ])
        {
            await ShowAsync("made up", "field_session=" + made).ConfigureAwait(false);
            await ShowAsync("made up", "__Host-field_session=" + made).ConfigureAwait(false);
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Take(3)));
    }

    private string NextName() => $"Traveller {++people}";

    private static async Task<bool> EndsAsync(HttpResponseMessage feed, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Within);
        try
        {
            await using var stream = await feed.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            var buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer, limit.Token).ConfigureAwait(false) > 0)
            {
                // What it still says was said before.
            }

            return true;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
