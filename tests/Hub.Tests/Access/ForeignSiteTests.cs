using System.Net;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class ForeignSiteTests
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("Origin", "{own}", true)]
    [InlineData("Origin", "http://elsewhere.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("X-Nothing", "said", false)]
    public async Task A_cookie_changes_something_only_from_the_hubs_own_page(string header, string value, bool let)
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = await hub.SignedInAsync();
        browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        browser.DefaultRequestHeaders.Add(header, value.Replace("{own}", hub.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        var response = await browser.PostJsonAsync("/api/keys", new { name = "x", role = "read-only" });
        Assert.Equal(let ? HttpStatusCode.Created : HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.FetchAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task A_foreign_page_cannot_sign_its_visitor_in()
    {
        await using var hub = await AccessHost.StartAsync();
        using var client = new HttpClient { BaseAddress = hub.Address };
        client.DefaultRequestHeaders.Add("Origin", "http://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostJsonAsync("/api/session/link", new { token = await hub.LinkAsync() })).StatusCode);
    }
}
