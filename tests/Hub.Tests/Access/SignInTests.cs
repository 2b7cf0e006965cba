using System.Net;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class SignInTests
{
    private const string Password = "lamps along the river";

    [Fact]
    public async Task A_one_time_link_signs_in_once_and_lets_its_person_choose_a_password()
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = hub.Browser();
        var token = await hub.LinkAsync();

        var first = await browser.PostJsonAsync("/api/session/link", new { token });
        Assert.False((await first.JsonAsync()).GetProperty("hasPassword").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Browser().PostJsonAsync("/api/session/link", new { token })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostJsonAsync("/api/me/password", new { password = Password })).StatusCode);

        using var other = hub.Browser();
        Assert.Equal(HttpStatusCode.OK, (await other.PostJsonAsync("/api/session", new { name = " ADA ", password = Password })).StatusCode);
        Assert.Equal("Ada", (await (await other.FetchAsync("/api/me")).JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_link_that_is_too_old_signs_nobody_in()
    {
        await using var hub = await AccessHost.StartAsync();
        var token = await hub.LinkAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Browser().PostJsonAsync("/api/session/link", new { token })).StatusCode);
    }

    [Fact]
    public async Task The_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites_and_only_its_hash_is_stored()
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = hub.Browser();
        var response = await browser.PostJsonAsync("/api/session/link", new { token = await hub.LinkAsync() });
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("field_session=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        var token = cookie["field_session=".Length..cookie.IndexOf(';', StringComparison.Ordinal)];
        Assert.Equal(43, token.Length);
        var folder = hub.Database.Folder;
        foreach (var file in Directory.EnumerateFiles(folder, "hub.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(token, await text.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_hub_too()
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = hub.Browser();
        var response = await browser.PostJsonAsync("/api/session/link", new { token = await hub.LinkAsync() });
        var cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(HttpStatusCode.NoContent, (await browser.DeleteAsync(new Uri("/api/session", UriKind.Relative))).StatusCode);

        using var kept = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        kept.Headers.Add("Cookie", cookie);
        using var plain = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await plain.SendAsync(kept)).StatusCode);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(24 * 7 + 1)]
    public async Task A_session_ends_when_idle_or_too_old(int hours)
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = await hub.SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.FetchAsync("/api/me")).StatusCode);
        hub.Clock.Advance(TimeSpan.FromHours(hours));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.FetchAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Wrong_and_unknown_names_get_the_same_answer_and_what_was_typed_is_not_written_down()
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = await hub.SignedInAsync();
        await browser.PostJsonAsync("/api/me/password", new { password = Password });

        var wrong = await hub.Browser().PostJsonAsync("/api/session", new { name = "Ada", password = "not the password" });
        var unknown = await hub.Browser().PostJsonAsync("/api/session", new { name = "hunter2-typed-here", password = "not the password" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal((await wrong.Content.ReadAsStringAsync())[..60], (await unknown.Content.ReadAsStringAsync())[..60]);

        var audit = await hub.AuditAsync();
        Assert.Equal(2, audit.Count(e => e.Action == "session.refuse"));
        Assert.DoesNotContain(audit, e => e.ToString().Contains("hunter2", StringComparison.Ordinal) || e.ToString().Contains("password,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_many_failures_wait_for_the_window_to_end_even_with_the_right_password()
    {
        await using var hub = await AccessHost.StartAsync(o => o.SignInFailuresPerName = 3);
        using var browser = await hub.SignedInAsync();
        await browser.PostJsonAsync("/api/me/password", new { password = Password });
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Browser().PostJsonAsync("/api/session", new { name = "Ada", password = "wrong password" })).StatusCode);

        var refused = await hub.Browser().PostJsonAsync("/api/session", new { name = "ada", password = Password });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.OK, (await hub.Browser().PostJsonAsync("/api/session", new { name = "Ada", password = Password })).StatusCode);
    }

    [Fact]
    public async Task One_address_cannot_try_many_names()
    {
        await using var hub = await AccessHost.StartAsync(o => o.SignInFailuresPerAddress = 3);
        using var browser = hub.Browser();
        for (var i = 0; i < 3; i++) await browser.PostJsonAsync("/api/session", new { name = $"name {i}", password = "wrong password" });
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.PostJsonAsync("/api/session", new { name = "name 9", password = "wrong password" })).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.PostJsonAsync("/api/session/link", new { token = "guess" })).StatusCode);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("for ada, a password")]
    public async Task A_weak_password_is_refused_beside_its_field(string password)
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = await hub.SignedInAsync();
        var response = await browser.PostJsonAsync("/api/me/password", new { password });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"password\":[", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_a_new_password_needs_the_old_one_and_ends_the_other_sessions()
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = await hub.SignedInAsync();
        using var other = await hub.SignedInAsync();
        await browser.PostJsonAsync("/api/me/password", new { password = Password });
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.FetchAsync("/api/me")).StatusCode);

        hub.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostJsonAsync("/api/me/password", new { password = "bridges over the river" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent,
            (await browser.PostJsonAsync("/api/me/password", new { current = Password, password = "bridges over the river" })).StatusCode);
    }
}
