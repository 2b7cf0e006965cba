using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>Writes down what a page must not do: errors on its console, requests to other places.</summary>
public sealed class Watcher
{
    private readonly Uri origin;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ConcurrentQueue<string> strangers = new();
    private readonly ConcurrentQueue<string> requests = new();

    public Watcher(IPage page, Uri origin)
    {
        this.origin = origin;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => errors.Enqueue(error);
        page.Request += (_, request) => Note(request.Url);
    }

    /// <summary>Errors, but for the browser's own notes on drawing without a graphics card.</summary>
    public IReadOnlyCollection<string> Errors => [.. errors.Where(e => !e.Contains("GL Driver Message", StringComparison.Ordinal))];

    /// <summary>Addresses outside the hub that were asked for.</summary>
    public IReadOnlyCollection<string> Strangers => strangers;

    public IReadOnlyCollection<string> Requests => requests;

    private void Note(string url)
    {
        requests.Enqueue(url);
        var to = new Uri(url);
        if (to.Scheme is "data" or "blob") return;
        if (to.GetLeftPart(UriPartial.Authority) != origin.GetLeftPart(UriPartial.Authority)) strangers.Enqueue(url);
    }
}
