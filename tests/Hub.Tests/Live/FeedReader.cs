using System.Diagnostics;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Ingest;

namespace ThreeOneOne.Field.Hub.Tests.Live;

/// <summary>A browser's EventSource, by hand.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;

    private FeedReader(HttpResponseMessage response, Stream stream) => (this.response, lines) = (response, new StreamReader(stream));

    /// <summary>Id of the last event that had one.</summary>
    public string? LastId { get; private set; }

    public HttpResponseMessage Response => response;

    public static async Task<FeedReader> OpenAsync(TestHub hub, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await hub.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new FeedReader(response, await response.Content.ReadAsStreamAsync());
    }

    public async Task<(string Kind, JsonElement Data)> NextAsync()
    {
        using var longest = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var kind = "";
        JsonElement? data = null;
        while (true)
        {
            var line = await lines.ReadLineAsync(longest.Token) ?? throw new EndOfStreamException();
            if (line.Length == 0 && data is { } done) return (kind, done);
            if (line.StartsWith("id: ", StringComparison.Ordinal)) LastId = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = JsonDocument.Parse(line[6..]).RootElement;
        }
    }

    /// <summary>The next tick that carries a member. Fails when ticks come for two minutes and none does.</summary>
    public async Task<JsonElement> NextWithAsync(string member)
    {
        var began = Stopwatch.StartNew();
        while (true)
        {
            if (began.Elapsed > TimeSpan.FromMinutes(2)) throw new TimeoutException($"no tick with '{member}' for two minutes");
            var (_, data) = await NextAsync();
            if (data.TryGetProperty(member, out var value)) return value;
        }
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
