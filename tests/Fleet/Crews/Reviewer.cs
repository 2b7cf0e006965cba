using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>
/// A supervisor who looks at what sensors propose and accepts it, signed in under a name as anybody is: what sensors have not
/// earned yet, a person answers for. Leaves some for the people at the page when nobody has set an end.
/// </summary>
public sealed class Reviewer(HubApi api, FeedWatch feed, Uri address, bool leaveSome, TimeProvider time) : IDisposable
{
    public const string Name = "Robin Vale (demo reviewer)";
    private const int LeftToPeople = 4;

    // As long as a glance at the curve takes.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(700);

    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    private readonly Dictionary<string, long> _seen = [];
    private readonly HashSet<string> _done = [];

    /// <summary>Proposals that were accepted.</summary>
    public int Accepted { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await SignInAsync(stop).ConfigureAwait(false);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(300), time);
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                foreach (var request in feed.Requests) await ConsiderAsync(request, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the day.
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task SignInAsync(CancellationToken stop)
    {
        var invited = await api.PostAsync("api/people", new { name = Name, role = "supervisor" }, stop).ConfigureAwait(false);
        var link = HubApi.Text(invited ?? default, "link") ?? throw new InvalidDataException("the hub does not invite the demo's reviewer");
        using var answer = await SendAsync("api/session/link", new { token = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..] }, stop).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode) throw new InvalidDataException($"the demo's reviewer cannot sign in: {(int)answer.StatusCode}");
    }

    private async Task ConsiderAsync(JsonElement request, CancellationToken stop)
    {
        var number = HubApi.Text(request, "number")!;
        // A refusal, because it was withdrawn or somebody was faster, is looked at no more until it waits again.
        if (HubApi.Text(request, "stage") is not ("review" or "held") || HubApi.Text(request, "status") != "open")
        {
            if (_done.Remove(number)) _seen.Remove(number);
            return;
        }

        if (_done.Contains(number)) return;
        if (_seen.TryAdd(number, time.GetTimestamp()))
        {
            if (leaveSome && _seen.Count % LeftToPeople == 0) _done.Add(number);
            return;
        }

        if (time.GetElapsedTime(_seen[number]) < Look) return;
        try
        {
            using var answer = await SendAsync($"api/requests/{Uri.EscapeDataString(number)}/review", new { decision = "accept" }, stop).ConfigureAwait(false);
            _done.Add(number);
            if (answer.IsSuccessStatusCode) Accepted++;
        }
        catch (HttpRequestException)
        {
            // The hub is away: the next look decides again.
            _seen[number] = time.GetTimestamp();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, object body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        // As the page's own requests say where they come from.
        request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        return await _http.SendAsync(request, stop).ConfigureAwait(false);
    }
}
