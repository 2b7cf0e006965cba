using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>The hub's API as any integration uses it, with a key.</summary>
public sealed class HubApi(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    public void Use(string key) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

    public async Task<bool> IsHealthyAsync(CancellationToken stop)
    {
        try
        {
            using var answer = await SendAsync(http => http.GetAsync(new Uri("healthz", UriKind.Relative), stop)).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>True while the key is good.</summary>
    public async Task<bool> IsAllowedAsync(CancellationToken stop)
    {
        using var answer = await SendAsync(http => http.GetAsync(new Uri("api/me", UriKind.Relative), stop)).ConfigureAwait(false);
        return answer.IsSuccessStatusCode;
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken stop)
    {
        using var answer = await SendAsync(http => http.GetAsync(new Uri(path, UriKind.Relative), stop)).ConfigureAwait(false);
        return await ReadAsync(answer, "GET " + path, stop).ConfigureAwait(false);
    }

    /// <summary>Posts; an answer of 409 is null, because what was asked for is there already.</summary>
    public async Task<JsonElement?> PostAsync(string path, object body, CancellationToken stop)
    {
        using var answer = await SendAsync(http => http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, stop)).ConfigureAwait(false);
        if (answer.StatusCode == System.Net.HttpStatusCode.Conflict) return null;
        return await ReadAsync(answer, "POST " + path, stop).ConfigureAwait(false);
    }

    /// <summary>Posts a file of rows.</summary>
    public async Task PostTextAsync(string path, string text, CancellationToken stop)
    {
        using var answer = await SendAsync(http => http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(text), stop)).ConfigureAwait(false);
        await ReadAsync(answer, "POST " + path, stop).ConfigureAwait(false);
    }

    /// <summary>An attachment's bytes as they came; null while the hub does not have it.</summary>
    public async Task<byte[]?> AttachmentAsync(string sha256, CancellationToken stop)
    {
        using var answer = await SendAsync(http => http.GetAsync(new Uri($"api/attachments/{sha256}/original?reason=" + Uri.EscapeDataString("compare with what was sent"), UriKind.Relative), stop)).ConfigureAwait(false);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Every row of a vehicle: epoch, sequence, hash.</summary>
    public async IAsyncEnumerable<(string Epoch, long Seq, string Hash)> LedgerAsync(string vehicle, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var stream = await SendAsync(http => http.GetStreamAsync(new Uri($"api/ingest/ledger?vehicle={vehicle}", UriKind.Relative), stop)).ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0) continue;
            using var row = JsonDocument.Parse(line);
            var json = row.RootElement;
            yield return (json.GetProperty("epoch").GetString()!, json.GetProperty("seq").GetInt64(), json.GetProperty("hash").GetString()!);
        }
    }

    /// <summary>Every request of the hub, as lists show it.</summary>
    public async Task<IReadOnlyList<JsonElement>> RequestsAsync(CancellationToken stop)
    {
        List<JsonElement> requests = [];
        string? cursor = null;
        do
        {
            var page = await GetAsync("api/requests?limit=200" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)), stop).ConfigureAwait(false);
            requests.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = Text(page, "next");
        }
        while (cursor is not null);
        return requests;
    }

    /// <summary>All requests that sensors opened, with the vehicles behind them.</summary>
    public async Task<IReadOnlyList<SensorRequest>> SensorRequestsAsync(CancellationToken stop)
    {
        List<SensorRequest> requests = [];
        foreach (var item in await RequestsAsync(stop).ConfigureAwait(false))
        {
            if (Text(item, "source") != "sensor") continue;
            var number = Text(item, "number")!;
            requests.Add(new SensorRequest(number, Text(item, "service") == FleetPlan.Lamps, Text(item, "pole"),
                new GeoPoint(item.GetProperty("lat").GetDouble(), item.GetProperty("lon").GetDouble()),
                Text(item, "status") == "withdrawn", await SupportersAsync(number, stop).ConfigureAwait(false)));
        }

        return requests;
    }

    public void Dispose() => _http.Dispose();

    // A server that dies while a connection is made shows through as it is.
    private async Task<T> SendAsync<T>(Func<HttpClient, Task<T>> send)
    {
        try
        {
            return await send(_http).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
    }

    public static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task<IReadOnlyList<string>> SupportersAsync(string number, CancellationToken stop)
    {
        var detail = await GetAsync("api/requests/" + Uri.EscapeDataString(number), stop).ConfigureAwait(false);
        if (!detail.TryGetProperty("evidence", out var evidence) || evidence.ValueKind != JsonValueKind.Array) return [];
        return [.. evidence.EnumerateArray()
            .Where(e => e.TryGetProperty("supports", out var s) && s.ValueKind == JsonValueKind.True)
            .Select(e => Text(e, "vehicle")).OfType<string>().Distinct()];
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, string what, CancellationToken stop)
    {
        var body = await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode) throw new InvalidDataException($"the hub answered {(int)answer.StatusCode} to {what}: {body[..Math.Min(300, body.Length)]}");
        if (body.Length == 0) return default;
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }
}
