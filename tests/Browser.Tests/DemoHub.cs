using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>
/// The running product that the browser looks at: the one named by <c>FIELD_TEST_HUB_URL</c> and
/// <c>FIELD_TEST_SIGN_IN_LINK</c> (one-time, both or neither; <c>FIELD_TEST_CITY_IT_LINK</c> beside them for what needs it), else an own demo,
/// ended when disposed.
/// </summary>
public sealed class DemoHub : IAsyncDisposable
{
    /// <summary>A first start builds the pages and the programs.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5);

    private readonly DemoRun? own;

    private DemoHub(Uri signInLink, Uri? cityItLink, DemoRun? own)
    {
        SignInLink = signInLink;
        CityItLink = cityItLink;
        this.own = own;
        Address = new Uri(signInLink.GetLeftPart(UriPartial.Authority));
    }

    public Uri Address { get; }

    /// <summary>Good for one sign-in.</summary>
    public Uri SignInLink { get; }

    /// <summary>City IT's, good for one sign-in; null when a hub of somebody else gave none.</summary>
    public Uri? CityItLink { get; }

    /// <summary>What an own demo printed, for a failed test's message.</summary>
    public string Log => own?.Log ?? "";

    public static async Task<DemoHub> StartAsync()
    {
        var url = Environment.GetEnvironmentVariable("FIELD_TEST_HUB_URL");
        var link = Environment.GetEnvironmentVariable("FIELD_TEST_SIGN_IN_LINK");
        if (!string.IsNullOrEmpty(url) && !string.IsNullOrEmpty(link)) return new DemoHub(new Uri(new Uri(url), link), Environment.GetEnvironmentVariable("FIELD_TEST_CITY_IT_LINK") is { Length: > 0 } it ? new Uri(new Uri(url), it) : null, null);
        var run = DemoRun.Start(DemoRun.NewFolder(), "--vehicles", "12");
        try
        {
            var signIn = await run.SignInLinkAsync(LongestStart);
            // Before the demo's own progress pushes it out.
            var cityIt = default(Uri);
            await Eventually.TrueAsync(() => (cityIt = CityItIn(run.Log)) is not null, "city IT's link");
            return new DemoHub(signIn, cityIt, run);
        }
        catch (TimeoutException e)
        {
            var log = run.Log;
            await run.DisposeAsync();
            throw new InvalidOperationException("the demo gave no sign-in link: " + log, e);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    private static Uri? CityItIn(string log) =>
        log.Split('\n').Where(l => l.Contains("City IT: ", StringComparison.Ordinal)).Select(l => new Uri(l[l.IndexOf("http", StringComparison.Ordinal)..].Trim())).FirstOrDefault();

    public async ValueTask DisposeAsync()
    {
        if (own is not null) await own.DisposeAsync();
    }
}
