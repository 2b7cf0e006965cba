using System.Diagnostics;
using System.Globalization;
using ThreeOneOne.Field.Hub.CitySystem;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>10,000 posts to cities that do to them what real ones do, through two hubs that end and stand still at random points.</summary>
public sealed class ExactlyOnceTests(ITestOutputHelper output)
{
    /// <summary>What the cities do; FIELD_TEST_SEED runs another course of things.</summary>
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("FIELD_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 311;

    [Theory]
    [InlineData("marker in the description, a list that lags", 4_000)]
    [InlineData("XML only, numbers as ids, 404 for empty, tokens", 2_000)]
    [InlineData("markers stripped: place, service, text and time tell", 2_000)]
    [InlineData("pages and half of all reads failing", 1_000)]
    public async Task Every_request_is_at_the_city_once(string kind, int requests)
    {
        var watch = Stopwatch.StartNew();
        var run = await new CityRun(Seed, Temper(kind)).RunAsync(requests);
        output.WriteLine($"{kind}: {run}; {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(requests, run.Pushes.Count);
        Assert.Empty(run.Lost.Take(10));
        Assert.Empty(run.Mislinked.Take(10));
        Assert.Equal(0, run.Doubled);
        Assert.Equal(0, run.Unknown);
    }

    [Fact]
    public async Task Where_no_look_up_exists_what_is_uncertain_waits_for_a_person_and_is_never_sent_again()
    {
        var run = await new CityRun(Seed, CityTemper.Foul with { NoList = true }).RunAsync(1_000);
        output.WriteLine(run.ToString());
        Assert.Empty(run.Lost.Take(10));
        Assert.Equal(0, run.Doubled);
        // A wrong id that nothing contradicts is all that is left to believe.
        Assert.InRange(run.Mislinked.Count, 0, run.City.Faults["duplicate id"]);
        Assert.InRange(run.Unknown, 1, 999);
        Assert.All(run.Pushes.Where(p => p.State == PushState.OutcomeUnknown), p => Assert.NotNull(p.Cause));
    }

    [Fact]
    public async Task Without_the_look_up_requests_are_doubled()
    {
        var run = await new CityRun(Seed, CityTemper.Foul with { BlindList = true }).RunAsync(300);
        output.WriteLine(run.ToString());
        Assert.True(run.Doubled > 0);
    }

    [Fact]
    public async Task Without_waiting_for_the_visibility_delay_requests_are_doubled()
    {
        var run = await new CityRun(Seed, CityTemper.Foul, o => o.VisibilityDelay = TimeSpan.Zero).RunAsync(300);
        output.WriteLine(run.ToString());
        Assert.True(run.Doubled > 0);
    }

    private static CityTemper Temper(string kind) => kind switch
    {
        "XML only, numbers as ids, 404 for empty, tokens" => CityTemper.Foul with { Xml = true, NumberIds = true, EmptyIs404 = true, Batch = true },
        "markers stripped: place, service, text and time tell" => CityTemper.Foul with { StripsMarkers = true },
        "pages and half of all reads failing" => CityTemper.Foul with { Paging = true, BadRead = 0.5, Throttled = 0.1, NumberIds = true },
        _ => CityTemper.Foul,
    };
}
