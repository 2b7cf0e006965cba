using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Tests.Sites;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

public sealed class CityCheckTests
{
    private static readonly SteppedTime Time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task It_says_what_a_city_supports_and_which_quirks_to_set_and_sends_nothing()
    {
        var city = new HostileCity(1, new CityTemper { Xml = true, EmptyIs404 = true, Paging = true }, Time);
        for (var i = 0; i < 5; i++) city.AddResident("PH-1", 42.37 + (i * 0.001), -71.1, $"Hole {i}");
        var (code, output, _) = await RunAsync(city, "check", "http://city.example/open311/v2");
        Assert.Equal(0, code);
        Assert.Equal(0, city.Posts);
        Assert.Contains("XML only", output, StringComparison.Ordinal);
        foreach (var setting in new[] { "Quirks:Format=Xml", "Quirks:EmptyIs404=true", "Quirks:Paging=true", "Quirks:UpdatedAfter=true", "Quirks:Updates=true", "Url=http://city.example/open311/v2" })
            Assert.Contains("  --CitySystem:" + setting, output, StringComparison.Ordinal);
        Assert.DoesNotContain("CanLookUp", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_city_without_a_list_is_named_as_one_whose_doubts_need_a_person()
    {
        var (code, output, _) = await RunAsync(new HostileCity(1, new CityTemper { NoList = true }, Time), "check", "http://city.example/open311/v2");
        Assert.Equal(0, code);
        Assert.Contains("--CitySystem:Quirks:CanLookUp=false", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_no_city_is_ends_with_1_and_wrong_words_with_2()
    {
        using var nobody = new Scripted(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
        using var output = new StringWriter();
        Assert.Equal(1, await CityCommand.RunAsync(["check", "http://city.example/open311/v2"], output, TextWriter.Null, Time, nobody));
        Assert.Contains("no connection to city.example", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("cannot be used", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(null, "check")).Code);
        Assert.Equal(2, (await RunAsync(null, "check", "ftp://city.example")).Code);
        Assert.Equal(2, (await RunAsync(null, "check", "http://city.example", "--key-file", "/nowhere/key")).Code);
        Assert.Equal(2, (await RunAsync(null, "chek", "http://city.example")).Code);
        var (code, help, _) = await RunAsync(null, "check", "--help");
        Assert.Equal(0, code);
        Assert.Contains("sends nothing", help, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(HostileCity? city, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var handler = city is null ? null : new HostileHandler(city, () => { }, () => Task.CompletedTask);
        return (await CityCommand.RunAsync(args, output, error, Time, handler), output.ToString(), error.ToString());
    }
}
