using System.Net;
using System.Text;
using System.Web;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>The hostile city without a network: its fates as HttpClient would tell them.</summary>
/// <param name="city">The city.</param>
/// <param name="end">Ends the hub that calls.</param>
/// <param name="stall">Stands still until the test goes on.</param>
/// <param name="moment">Where another moves the clock: held while a form is written and arrives: the clock moves between two calls, never within one, however busy the machine.</param>
internal sealed class HostileHandler(HostileCity city, Action end, Func<Task> stall, SemaphoreSlim? moment = null) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath["/open311/v2/".Length..];
        if (request.Method == HttpMethod.Get) return Tell(city.Handle("GET", Uri.UnescapeDataString(path), Fields(request.RequestUri.Query.TrimStart('?'))));
        // Whether the hub stands still is the form's fate, but it stands still before the form is written.
        var peeked = await ArriveAsync(path, () => PeekAsync(request), isStalledBefore: false);
        if (peeked.Fate == HostileCity.Fate.HubStallsBefore)
        {
            await stall();
            return Tell(await ArriveAsync(path, () => request.Content!.ReadAsStringAsync(CancellationToken.None), isStalledBefore: true));
        }

        if (peeked.Fate == HostileCity.Fate.HubStallsAfter)
        {
            await stall();
            return Answer(peeked.Reply!);
        }

        return Tell(peeked);
    }

    private async Task<(HostileCity.Fate Fate, HostileCity.Reply? Reply)> ArriveAsync(string path, Func<Task<string>> write, bool isStalledBefore)
    {
        if (moment is not null) await moment.WaitAsync(CancellationToken.None);
        try
        {
            return city.Handle("POST", path, Fields(await write()), isStalledBefore);
        }
        finally
        {
            moment?.Release();
        }
    }

    private static async Task<string> PeekAsync(HttpRequestMessage request)
    {
        using var copy = new MemoryStream();
        await request.Content!.CopyToAsync(copy);
        return Encoding.UTF8.GetString(copy.ToArray());
    }

    private static Dictionary<string, string> Fields(string form)
    {
        var parsed = HttpUtility.ParseQueryString(form);
        return parsed.AllKeys.OfType<string>().ToDictionary(k => k, k => parsed[k]!);
    }

    private HttpResponseMessage Tell((HostileCity.Fate Fate, HostileCity.Reply? Reply) told)
    {
        switch (told.Fate)
        {
            case HostileCity.Fate.TimedOut:
                throw new TaskCanceledException("time-out", new TimeoutException());
            case HostileCity.Fate.Cut:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended prematurely");
            case HostileCity.Fate.NoConnection:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused");
            case HostileCity.Fate.HubEnds:
                end();
                throw new TaskCanceledException("the process ends");
            default:
                return Answer(told.Reply!);
        }
    }

    private static HttpResponseMessage Answer(HostileCity.Reply reply)
    {
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = new StringContent(reply.Body, Encoding.UTF8) };
        response.Content.Headers.Remove("Content-Type");
        response.Content.Headers.TryAddWithoutValidation("Content-Type", reply.ContentType);
        if (reply.RetryAfterSeconds is { } seconds) response.Headers.TryAddWithoutValidation("Retry-After", $"{seconds}");
        return response;
    }
}
