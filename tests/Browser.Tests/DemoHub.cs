using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>
/// The running product that the browser looks at: the one named by <c>FIELD_TEST_HUB_URL</c> and
/// <c>FIELD_TEST_SIGN_IN_LINK</c> (one-time, both or neither), else an own demo, ended when disposed.
/// </summary>
public sealed class DemoHub : IAsyncDisposable
{
    /// <summary>A first start builds the pages and the programs.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5);

    private readonly DemoRun? own;

    private DemoHub(Uri signInLink, DemoRun? own)
    {
        SignInLink = signInLink;
        this.own = own;
        Address = new Uri(signInLink.GetLeftPart(UriPartial.Authority));
    }

    public Uri Address { get; }

    /// <summary>Good for one sign-in.</summary>
    public Uri SignInLink { get; }

    /// <summary>What an own demo printed, for a failed test's message.</summary>
    public string Log => own?.Log ?? "";

    public static async Task<DemoHub> StartAsync()
    {
        var url = Environment.GetEnvironmentVariable("FIELD_TEST_HUB_URL");
        var link = Environment.GetEnvironmentVariable("FIELD_TEST_SIGN_IN_LINK");
        if (!string.IsNullOrEmpty(url) && !string.IsNullOrEmpty(link)) return new DemoHub(new Uri(new Uri(url), link), null);
        var run = DemoRun.Start(DemoRun.NewFolder(), "--vehicles", "12");
        try
        {
            return new DemoHub(await run.SignInLinkAsync(LongestStart), run);
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

    public async ValueTask DisposeAsync()
    {
        if (own is not null) await own.DisposeAsync();
    }
}
