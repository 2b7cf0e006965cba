using System.Text.Json;

namespace ThreeOneOne.Field.Edge.Tests.Console;

/// <summary>Reads /console/events as a page does.</summary>
internal sealed class ScreenStream : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;

    private ScreenStream(HttpResponseMessage response, Stream body)
    {
        this.response = response;
        lines = new StreamReader(body);
    }

    public static async Task<ScreenStream> OpenAsync(HttpClient http)
    {
        var response = await http.GetAsync(new Uri("/console/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new ScreenStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next state; beats are passed over.</summary>
    public async Task<JsonElement> NextAsync()
    {
        using var late = new CancellationTokenSource(Longest);
        var isState = false;
        while (await lines.ReadLineAsync(late.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) isState = line == "event: state";
            else if (isState && line.StartsWith("data: ", StringComparison.Ordinal)) return JsonSerializer.Deserialize<JsonElement>(line[6..]);
        }

        throw new EndOfStreamException("the stream ended");
    }

    public async Task UntilAsync(Func<JsonElement, bool> shows)
    {
        while (!shows(await NextAsync())) { }
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}
