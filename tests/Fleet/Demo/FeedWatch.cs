using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>
/// Watches the live feed as a dispatcher's page does, and measures: how old a position is when it arrives, and how long
/// after a sensor's sample its request is there.
/// </summary>
public sealed class FeedWatch(Uri address, string key, TimeProvider time) : IDisposable
{
    private const int IntsPerUnit = 8;

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, JsonElement> _requests = [];
    private readonly ConcurrentDictionary<string, JsonElement> _orders = [];
    private readonly TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, byte> _before = [];

    /// <summary>Completes with the first position on the feed: it is live.</summary>
    public Task Live => _live.Task;

    public Percentiles FeedMs { get; } = new();

    public Percentiles TicketMs { get; } = new();

    /// <summary>Newest state of every request and order that the feed has told of.</summary>
    public IReadOnlyCollection<JsonElement> Requests => [.. _requests.Values];

    public IReadOnlyCollection<JsonElement> Orders => [.. _orders.Values];

    /// <summary>Requests by sensors that were opened while watching.</summary>
    public Count Opened
    {
        get
        {
            var opened = _requests.Values.Where(r => HubApi.Text(r, "source") == "sensor" && !_before.ContainsKey(HubApi.Text(r, "number")!)).ToList();
            var lamps = opened.Count(r => HubApi.Text(r, "service") == "street-light-out");
            return new Count(lamps, opened.Count - lamps);
        }
    }

    public int UnitsOnline { get; private set; }

    /// <summary>These were there before.</summary>
    public void Know(IEnumerable<string> requests)
    {
        foreach (var number in requests) _before[number] = 0;
    }

    /// <summary>Watches, and comes back after every break, until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        string? last = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                last = await ReadAsync(last, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> ReadAsync(string? last, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/live", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false));
        var snapshot = false;
        while (await reader.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) last = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) snapshot = line[7..] is "snapshot" or "more";
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) Take(line[6..], snapshot);
        }

        return last;
    }

    private void Take(string data, bool snapshot)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        using var json = JsonDocument.Parse(data);
        var root = json.RootElement;
        var at = root.GetProperty("at").GetInt64();
        if (root.TryGetProperty("p", out var p) && !snapshot)
        {
            var values = p.EnumerateArray().Select(v => v.GetInt64()).ToArray();
            for (var i = 0; i + IntsPerUnit <= values.Length; i += IntsPerUnit) FeedMs.Add(now - (at - values[i + 6]));
            if (values.Length > 0) _live.TrySetResult();
        }

        foreach (var request in Items(root, "requests")) Take(request, now, snapshot);
        foreach (var order in Items(root, "orders")) _orders[HubApi.Text(order, "id")!] = order.Clone();
        if (root.TryGetProperty("counts", out var counts) && counts.TryGetProperty("unitsOnline", out var online)) UnitsOnline = online.GetInt32();
    }

    private void Take(JsonElement request, long now, bool snapshot)
    {
        var number = HubApi.Text(request, "number")!;
        var isNew = !_requests.ContainsKey(number);
        _requests[number] = request.Clone();
        if (!isNew) return;
        if (snapshot) _before[number] = 0;
        else if (!_before.ContainsKey(number) && HubApi.Text(request, "source") == "sensor" && request.TryGetProperty("sampledAt", out var sampled) && sampled.ValueKind == JsonValueKind.String)
            TicketMs.Add(now - sampled.GetDateTimeOffset().ToUnixTimeMilliseconds());
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;
}
