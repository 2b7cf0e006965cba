using System.Net;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class SecondFactorTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_role_that_must_have_one_can_do_nothing_else_before()
    {
        await using var hub = await AccessHost.StartAsync(o => o.SecondFactor = SecondFactorNeed.Always);
        using var admin = await hub.SignedInAsync();
        Assert.True((await (await admin.FetchAsync("/api/me")).JsonAsync()).GetProperty("needsSecondFactor").GetBoolean());
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.FetchAsync("/api/keys")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.PostJsonAsync("/api/people", new { name = "x", role = "city-it" })).StatusCode);
        using var dispatcher = await hub.SignedInAsync("Dee", "dispatcher");
        Assert.False((await (await dispatcher.FetchAsync("/api/me")).JsonAsync()).GetProperty("needsSecondFactor").GetBoolean());
        await SetUpAsync(hub, admin);
        Assert.Equal(HttpStatusCode.OK, (await admin.FetchAsync("/api/keys")).StatusCode);
        using var key = hub.WithKey(await hub.KeyAsync());
        Assert.Equal(HttpStatusCode.OK, (await key.FetchAsync("/api/keys")).StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", SecondFactorNeed.BeyondLoopback, false, "", false)]
    [InlineData("127.0.0.1", SecondFactorNeed.BeyondLoopback, false, "http://localhost:5311", false)]
    [InlineData("127.0.0.1", SecondFactorNeed.BeyondLoopback, false, "https://hub.example.gov", true)]
    [InlineData("0.0.0.0", SecondFactorNeed.BeyondLoopback, false, "", true)]
    [InlineData("127.0.0.1", SecondFactorNeed.BeyondLoopback, true, "", true)]
    [InlineData("0.0.0.0", SecondFactorNeed.Never, true, "https://hub.example.gov", false)]
    [InlineData("127.0.0.1", SecondFactorNeed.Always, false, "", true)]
    public void It_is_needed_where_others_can_reach_the_hub(string address, SecondFactorNeed need, bool proxy, string publicUrl, bool needed)
    {
        var rule = new SecondFactor(new AccessOptions { SecondFactor = need, Proxies = proxy ? ["192.0.2.1"] : [], PublicUrl = publicUrl }, new HubOptions { Address = address }, TimeProvider.System);
        Assert.Equal(needed, rule.IsRequired("city-it"));
        Assert.False(rule.IsRequired("dispatcher"));
    }

    [Fact]
    public async Task Signing_in_takes_password_and_code_and_each_code_once()
    {
        await using var hub = await AccessHost.StartAsync();
        using var admin = await hub.SignedInAsync();
        (await admin.PostJsonAsync("/api/me/password", new { password = Password })).EnsureSuccessStatusCode();
        var (secret, first, _) = await SetUpAsync(hub, admin);

        using var browser = hub.Browser();
        using var asked = await SignInAsync(browser, null);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.True((await BodyAsync(asked)).GetProperty("secondFactor").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.FetchAsync("/api/me")).StatusCode);
        using var wrong = await SignInAsync(browser, "000000");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        // The code that set it up is used; the next one is not.
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(browser, first)).StatusCode);
        hub.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = Code(hub, secret);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(browser, code)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.FetchAsync("/api/me")).StatusCode);
        using var thief = hub.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(thief, code)).StatusCode);
    }

    [Fact]
    public async Task A_link_asks_for_the_code_too_and_is_not_used_up_by_asking()
    {
        await using var hub = await AccessHost.StartAsync();
        using var admin = await hub.SignedInAsync();
        var (secret, _, _) = await SetUpAsync(hub, admin);
        var token = await hub.LinkAsync();
        using var browser = hub.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostJsonAsync("/api/session/link", new { token })).StatusCode);
        hub.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await browser.PostJsonAsync("/api/session/link", new { token, code = Code(hub, secret) })).StatusCode);
    }

    [Fact]
    public async Task A_misspelt_role_keeps_the_hub_from_starting()
    {
        await using var hub = await AccessHost.StartAsync();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => AccessHost.StartAsync(o => o.SecondFactorRoles = ["city-it", "city_it"]));
        Assert.StartsWith("Access:SecondFactorRoles = 'city_it': expected some of city-it, ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_at_a_stolen_link_are_limited_by_name_wherever_they_come_from()
    {
        await using var hub = await AccessHost.StartAsync(o => (o.SignInFailuresPerName, o.SignInFailuresPerAddress) = (3, 1_000));
        using var admin = await hub.SignedInAsync();
        await SetUpAsync(hub, admin);
        var token = await hub.LinkAsync();
        using var thief = hub.Browser();
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await thief.PostJsonAsync("/api/session/link", new { token })).StatusCode);
        // One wrong code was typed while it was set up.
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await thief.PostJsonAsync("/api/session/link", new { token, code = "000000" })).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await thief.PostJsonAsync("/api/session/link", new { token, code = "000000" })).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_the_log_says_so()
    {
        await using var hub = await AccessHost.StartAsync();
        using var admin = await hub.SignedInAsync();
        (await admin.PostJsonAsync("/api/me/password", new { password = Password })).EnsureSuccessStatusCode();
        var (_, _, recovery) = await SetUpAsync(hub, admin);
        Assert.Equal(10, recovery.Distinct().Count());
        using var browser = hub.Browser();
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(browser, recovery[3].ToLowerInvariant())).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(browser, recovery[3])).StatusCode);
        Assert.Contains(await hub.AuditAsync(), e => e.Action == "second-factor.recover" && e.Detail == "9 recovery codes left");
        var rows = await hub.Database.ReadAsync(c => SecondFactorStore.RecoveryLeft(c, "nobody"), default);
        Assert.Equal(0, rows);
    }

    [Fact]
    public async Task Guessing_codes_is_slowed_down_and_the_right_one_waits_too()
    {
        await using var hub = await AccessHost.StartAsync(o => o.SignInFailuresPerName = 4);
        using var admin = await hub.SignedInAsync();
        (await admin.PostJsonAsync("/api/me/password", new { password = Password })).EnsureSuccessStatusCode();
        var (secret, _, _) = await SetUpAsync(hub, admin);
        using var browser = hub.Browser();
        hub.Clock.Advance(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(browser, "000000")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignInAsync(browser, Code(hub, secret))).StatusCode);
    }

    [Fact]
    public async Task City_it_takes_a_lost_one_away_and_its_sessions_end()
    {
        await using var hub = await AccessHost.StartAsync();
        using var admin = await hub.SignedInAsync();
        using var other = await hub.SignedInAsync("Bea");
        await SetUpAsync(hub, other);
        var bea = (await (await other.FetchAsync("/api/me")).JsonAsync()).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync(new Uri("/api/people/p-none/second-factor", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(new Uri($"/api/people/{bea}/second-factor", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.FetchAsync("/api/me")).StatusCode);
        using var again = await hub.SignedInAsync("Bea");
        Assert.Equal(HttpStatusCode.OK, (await again.FetchAsync("/api/me")).StatusCode);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string? code) => browser.PostJsonAsync("/api/session", new { name = "Ada", password = Password, code });

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static string Code(AccessHost hub, string secret) => Totp.Code(Secret(secret), Totp.StepAt(hub.Clock.GetUtcNow()));

    private static byte[] Secret(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private static async Task<(string Secret, string Code, string[] Recovery)> SetUpAsync(AccessHost hub, HttpClient browser)
    {
        var begun = await (await browser.PostJsonAsync("/api/me/second-factor", new { })).JsonAsync();
        var secret = begun.GetProperty("secret").GetString()!;
        Assert.StartsWith("otpauth://totp/311%20", begun.GetProperty("uri").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostJsonAsync("/api/me/second-factor/code", new { code = "12345" })).StatusCode);
        var code = Code(hub, secret);
        var set = await (await browser.PostJsonAsync("/api/me/second-factor/code", new { code })).JsonAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await browser.PostJsonAsync("/api/me/second-factor", new { })).StatusCode);
        return (secret, code, [.. set.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)]);
    }
}
