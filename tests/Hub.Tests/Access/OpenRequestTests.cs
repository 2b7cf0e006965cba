using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class OpenRequestTests
{
    [Theory]
    [InlineData("sign out")]
    [InlineData("another role")]
    [InlineData("time")]
    public async Task A_feed_that_is_open_ends_when_its_session_does(string how)
    {
        await using var hub = await AccessHost.StartAsync(o => o.RecheckSeconds = 1, app => app.MapGet("/api/endless", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("first\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }).RequirePermission("live.read"));
        using var browser = await hub.SignedInAsync();
        using var response = await browser.GetAsync(new Uri("/api/endless", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[16];
        Assert.Equal("first\n", Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));

        if (how == "sign out") await browser.DeleteAsync(new Uri("/api/session", UriKind.Relative));
        else if (how == "another role") await hub.Database.WriteAsync(s => { s.Execute("UPDATE people SET role='crew' WHERE name='Ada'"); }, WritePriority.Interactive, default);
        else hub.Clock.Advance(TimeSpan.FromDays(8));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAnyAsync<IOException>(async () => { while (await stream.ReadAsync(buffer, patience.Token) > 0) { } });
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_known_soon()
    {
        await using var hub = await AccessHost.StartAsync(o => o.RecheckSeconds = 1);
        using var program = hub.WithKey(await hub.KeyAsync());
        await program.FetchAsync("/api/me");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await hub.Database.ReadAsync(KeyStore.All, patience.Token)).Single().UsedMs is null) await Task.Delay(50, patience.Token);
    }
}
