using System.Net;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class KeyTests
{
    [Fact]
    public async Task A_key_signs_in_until_it_is_revoked()
    {
        await using var hub = await AccessHost.StartAsync();
        using var program = hub.WithKey(await hub.KeyAsync());
        var created = await (await program.PostJsonAsync("/api/keys", new { name = "asset system", role = "integration" })).JsonAsync();
        using var asset = hub.WithKey(created.GetProperty("key").GetString()!);
        Assert.Equal("integration", (await (await asset.FetchAsync("/api/me")).JsonAsync()).GetProperty("role").GetString());

        var id = created.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync(new Uri($"/api/keys/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await asset.FetchAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.DeleteAsync(new Uri($"/api/keys/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(["key.refuse", "key.revoke", "key.create"], (await hub.AuditAsync()).Where(e => e.Subject == id).Select(e => e.Action));
    }

    [Fact]
    public async Task A_key_ends_with_its_last_day()
    {
        await using var hub = await AccessHost.StartAsync();
        using var program = hub.WithKey(await hub.KeyAsync(days: 1));
        Assert.Equal(HttpStatusCode.OK, (await program.FetchAsync("/api/me")).StatusCode);
        hub.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.FetchAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Refused_keys_are_audited_and_then_told_to_wait_and_a_good_key_never_is()
    {
        await using var hub = await AccessHost.StartAsync(o => o.SignInFailuresPerAddress = 5);
        var good = await hub.KeyAsync();
        var id = good.Split('_')[1];
        using var guesser = hub.WithKey($"fk_{id}_AAAA");
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.FetchAsync("/api/me")).StatusCode);
        using var late = await guesser.FetchAsync("/api/me");
        Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
        Assert.True(late.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        using var nobody = hub.WithKey("nonsense");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await nobody.FetchAsync("/api/me")).StatusCode);

        // Neither a good key nor a person behind the same address pays for it.
        using var program = hub.WithKey(good);
        Assert.Equal(HttpStatusCode.OK, (await program.FetchAsync("/api/me")).StatusCode);
        using var person = await hub.SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await person.FetchAsync("/api/me")).StatusCode);

        var refused = (await hub.AuditAsync()).Where(e => e.Action == "key.refuse").ToList();
        Assert.Equal(5, refused.Count);
        Assert.All(refused, e => Assert.Equal(id, e.Subject));
        Assert.DoesNotContain(refused, e => e.Detail.Contains("AAAA", StringComparison.Ordinal));
        hub.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.FetchAsync("/api/me")).StatusCode);
    }

    [Theory]
    [InlineData("fk__")]
    [InlineData("fk_0123456789ab_")]
    [InlineData("fk_0123456789ab_AAAA")]
    [InlineData("nonsense")]
    [InlineData("fk_' OR 1=1 --_x")]
    public async Task What_is_no_key_is_nobody(string key)
    {
        await using var hub = await AccessHost.StartAsync();
        using var program = hub.WithKey(key);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.FetchAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task The_right_id_with_another_keys_secret_is_nobody()
    {
        await using var hub = await AccessHost.StartAsync();
        var (a, b) = (await hub.KeyAsync(), await hub.KeyAsync("read-only"));
        using var mixed = hub.WithKey(a[..16] + b[16..]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await mixed.FetchAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_key_is_not_rescued_by_a_good_cookie()
    {
        await using var hub = await AccessHost.StartAsync();
        using var browser = await hub.SignedInAsync();
        browser.DefaultRequestHeaders.Add("Authorization", "Bearer fk_0123456789ab_AAAA");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.FetchAsync("/api/me")).StatusCode);
    }
}
