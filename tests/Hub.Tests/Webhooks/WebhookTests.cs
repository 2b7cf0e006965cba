using System.Net;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Webhooks;

namespace ThreeOneOne.Field.Hub.Tests.Webhooks;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_subscriber_hears_in_order_signed_what_Open311_shows()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await hub.SubscribeAsync(receiver.Url + "/hook?token=1");
        var number = await hub.ReportAsync();
        await hub.DeliverAsync();
        await hub.NoteAsync(number, "We come on Tuesday");
        await hub.DeliverAsync();
        await hub.CloseAsync(number);
        await hub.DeliverAsync();

        Assert.Equal(["request.opened", "request.updated", "request.closed"], receiver.Deliveries.Select(d => d.Type));
        Assert.All(receiver.Deliveries, d => Assert.True(d.IsSignedWith(secret)));
        Assert.All(receiver.Deliveries, d => Assert.Equal("POST /hook?token=1", d.Line));
        Assert.All(receiver.Deliveries, d => Assert.Equal((d.Id, "application/json; charset=utf-8"), (d.Json.GetProperty("event_id").GetString(), d.Headers["Content-Type"])));
        Assert.Equal(3, receiver.Deliveries.Select(d => d.Id).Distinct().Count());
        using var anybody = hub.Hub.Client();
        var shown = (await (await anybody.FetchAsync($"/open311/v2/requests/{number}.json?extensions=true")).JsonAsync())[0];
        Assert.Equal(shown.GetRawText(), receiver.Deliveries[^1].Json.GetProperty("request").GetRawText());
        var view = await hub.ReadAsync(id);
        Assert.Equal(("active", 0L, receiver.Deliveries[^1].Id), (view.GetProperty("state").GetString(), view.GetProperty("pending").GetInt64(), view.GetProperty("deliveredEvent").GetString()));
        Assert.Equal(receiver.Url + "/hook?…", view.GetProperty("url").GetString());
    }

    [Fact]
    public async Task What_shows_nothing_new_outside_is_not_told()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await hub.SubscribeAsync(receiver.Url);
        var number = await hub.ReportAsync();
        await hub.DeliverAsync();
        await hub.NoteAsync(number, "internal", isPublic: false);
        // A pass of a vehicle: whoever hears of it at once knows where the vehicle is.
        await hub.Database.WriteAsync(scope =>
        {
            var ticket = TicketStore.Find(scope, number)!;
            var change = hub.Hub.Services.GetRequiredService<ChangeTicket>();
            ticket = change.Save(scope, ticket, ticket with { EvidenceFor = ticket.EvidenceFor + 1 }, "hub", null);
            change.Save(scope, ticket, ticket with { CrewName = "Okapi Crew" }, "hub", "Okapi Crew goes");
            // One that waits for a person.
            TicketStore.Save(scope, Open311.GeoListTests.Request(900_001, scope.Now) with { PublicAt = null });
            scope.Raise(new PublicRequestChanged(Open311.GeoListTests.Number(900_001)));
        }, WritePriority.Interactive, default);
        await hub.DeliverAsync();
        Assert.Single(receiver.Deliveries);
        Assert.Equal(0, await hub.Database.ReadAsync(c => c.QuerySingle<long>("SELECT COUNT(*) FROM webhook_requests WHERE place IS NOT NULL"), default));
    }

    [Fact]
    public async Task A_receiver_that_was_away_hears_the_newest_state_once_and_in_order_under_ids_that_stay()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await hub.SubscribeAsync(receiver.Url);
        receiver.Answer = c => Status(c, 503);
        var first = await hub.ReportAsync();
        await hub.DeliverAsync();
        var second = await hub.ReportAsync();
        await hub.DeliverAsync();
        // Nothing overtakes the first one.
        Assert.Equal([first], receiver.Deliveries.Select(d => d.Request));
        hub.Clock.Advance(TimeSpan.FromSeconds(6));
        await hub.DeliverAsync();
        Assert.Equal([first, first], receiver.Deliveries.Select(d => d.Request));
        Assert.Equal(receiver.Deliveries[0].Id, receiver.Deliveries[1].Id);
        Assert.All(receiver.Deliveries, d => Assert.True(d.IsSignedWith(secret)));
        var waiting = await hub.ReadAsync(id);
        Assert.Equal((2L, 2, "the receiver answered 503"), (waiting.GetProperty("pending").GetInt64(), waiting.GetProperty("failures").GetInt32(), waiting.GetProperty("cause").GetString()));

        await hub.NoteAsync(first, "On Monday");
        await hub.NoteAsync(first, "On Tuesday");
        await hub.CloseAsync(first);
        receiver.Answer = null;
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.DeliverAsync();
        var since = receiver.Deliveries.Skip(2).ToList();
        Assert.Equal([(first, "request.closed"), (second, "request.opened")], since.Select(d => (d.Request, d.Type)));
        Assert.Contains("On Monday", since[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(since[0].Id, receiver.Deliveries.Take(2).Select(d => d.Id));
        Assert.Equal((0, "active"), ((await hub.ReadAsync(id)).GetProperty("failures").GetInt32(), (await hub.ReadAsync(id)).GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_request_that_the_receiver_refuses_holds_up_no_other_and_is_heard_in_its_own_order()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await hub.SubscribeAsync(receiver.Url);
        var first = await hub.ReportAsync();
        var second = await hub.ReportAsync();
        var third = await hub.ReportAsync();
        receiver.Answer = c => Status(c, receiver.Deliveries[^1].Request == first ? 422 : 204);
        await hub.DeliverAsync();
        Assert.Equal([first, second, third], receiver.Deliveries.Select(d => d.Request));
        var view = await hub.ReadAsync(id);
        Assert.Equal(("active", 1L, 0), (view.GetProperty("state").GetString(), view.GetProperty("pending").GetInt64(), view.GetProperty("failures").GetInt32()));
        var refused = Assert.Single(view.GetProperty("refused").EnumerateArray());
        Assert.Equal((first, "the receiver answered 422"), (refused.GetProperty("request").GetString(), refused.GetProperty("cause").GetString()));

        // It waits, others come and go; then its turn comes under the same id.
        await hub.CloseAsync(second);
        await hub.DeliverAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(6));
        await hub.DeliverAsync();
        Assert.Equal([(second, "request.closed"), (first, "request.opened")], receiver.Deliveries.Skip(3).Select(d => (d.Request, d.Type)));
        Assert.Equal(receiver.Deliveries[0].Id, receiver.Deliveries[^1].Id);

        // News of it are tried at once, and it was never told that it is open: no request goes back.
        await hub.NoteAsync(first, "On Monday");
        receiver.Answer = null;
        await hub.CloseAsync(first);
        await hub.DeliverAsync();
        Assert.Equal((first, "request.closed", 6), (receiver.Deliveries[^1].Request, receiver.Deliveries[^1].Type, receiver.Deliveries.Count));
        Assert.Empty((await hub.ReadAsync(id)).GetProperty("refused").EnumerateArray());
    }

    [Fact]
    public async Task A_receiver_that_refuses_one_request_after_the_other_is_left_alone_for_a_while()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await hub.SubscribeAsync(receiver.Url);
        var numbers = new List<string>();
        for (var i = 0; i < 6; i++) numbers.Add(await hub.ReportAsync());
        receiver.Answer = c => Status(c, 500);
        await hub.DeliverAsync();
        Assert.Equal(numbers[..2], receiver.Deliveries.Select(d => d.Request));
        Assert.NotNull((await hub.ReadAsync(id)).GetProperty("nextTryAt").GetString());
        receiver.Answer = null;
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.DeliverAsync();
        Assert.Equal(numbers, receiver.Deliveries.Skip(2).Select(d => d.Request));
    }

    [Fact]
    public async Task A_request_that_is_refused_for_too_long_is_given_up_alone_and_stays_listed_until_a_person_retries()
    {
        await using var hub = await WebhooksHub.StartAsync(o => o.DisableAfter = TimeSpan.FromHours(1));
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await hub.SubscribeAsync(receiver.Url);
        var poison = await hub.ReportAsync();
        receiver.Answer = c => Status(c, receiver.Deliveries[^1].Request == poison ? 400 : 204);
        for (var minutes = 0; minutes < 100; minutes += 10)
        {
            await hub.DeliverAsync();
            await hub.ReportAsync();
            await hub.DeliverAsync();
            hub.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        var view = await hub.ReadAsync(id);
        Assert.Equal(("active", 0L), (view.GetProperty("state").GetString(), view.GetProperty("pending").GetInt64()));
        var refused = Assert.Single(view.GetProperty("refused").EnumerateArray());
        Assert.Equal(poison, refused.GetProperty("request").GetString());
        Assert.False(refused.TryGetProperty("nextTryAt", out var next) && next.ValueKind != System.Text.Json.JsonValueKind.Null);
        var tries = receiver.Deliveries.Count;
        hub.Clock.Advance(TimeSpan.FromDays(2));
        await hub.DeliverAsync();
        Assert.Equal(tries, receiver.Deliveries.Count);

        receiver.Answer = null;
        await (await hub.Client.PostJsonAsync($"/api/webhooks/{id}/retry", new { })).JsonAsync();
        await hub.DeliverAsync();
        Assert.Equal((poison, "request.opened"), (receiver.Deliveries[^1].Request, receiver.Deliveries[^1].Type));
        Assert.Empty((await hub.ReadAsync(id)).GetProperty("refused").EnumerateArray());
    }

    [Fact]
    public async Task A_subscription_that_fails_for_too_long_is_disabled_with_its_cause_until_a_person_enables_it()
    {
        await using var hub = await WebhooksHub.StartAsync(o => o.DisableAfter = TimeSpan.FromHours(2));
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await hub.SubscribeAsync(receiver.Url);
        receiver.Answer = c => Status(c, 500);
        var number = await hub.ReportAsync();
        for (var minutes = 0; minutes < 150; minutes += 5)
        {
            await hub.DeliverAsync();
            hub.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        var view = await hub.ReadAsync(id);
        Assert.Equal("disabled", view.GetProperty("state").GetString());
        Assert.Contains("the receiver answered 500", view.GetProperty("cause").GetString(), StringComparison.Ordinal);
        // Each wait was longer, up to the longest.
        Assert.InRange(receiver.Deliveries.Count, 6, 14);
        receiver.Answer = null;
        await hub.NoteAsync(number, "Meanwhile");
        await hub.DeliverAsync();
        var tries = receiver.Deliveries.Count;
        await (await hub.Client.PostJsonAsync($"/api/webhooks/{id}/retry", new { })).JsonAsync();
        await hub.DeliverAsync();
        Assert.Equal(tries + 1, receiver.Deliveries.Count);
        Assert.Contains("Meanwhile", receiver.Deliveries[^1].Text, StringComparison.Ordinal);
        Assert.Contains(await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 100), default), e => e.Action == "webhook.retry" && e.Subject == id);
    }

    [Fact]
    public async Task No_redirect_is_followed_and_gone_means_gone_and_Retry_After_is_kept()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var elsewhere = await Receiver.StartAsync();
        var (id, _) = await hub.SubscribeAsync(receiver.Url);
        receiver.Answer = c =>
        {
            c.Response.Headers.Location = elsewhere.Url;
            return Status(c, 307);
        };
        await hub.ReportAsync();
        await hub.DeliverAsync();
        Assert.Empty(elsewhere.Deliveries);
        Assert.Contains("redirect", (await hub.ReadAsync(id)).GetProperty("cause").GetString(), StringComparison.Ordinal);
        receiver.Answer = c =>
        {
            c.Response.Headers.RetryAfter = "600";
            return Status(c, 429);
        };
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.DeliverAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(9));
        await hub.DeliverAsync();
        Assert.Equal(2, receiver.Deliveries.Count);
        receiver.Answer = c => Status(c, 410);
        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        await hub.DeliverAsync();
        Assert.Equal((3, "disabled"), (receiver.Deliveries.Count, (await hub.ReadAsync(id)).GetProperty("state").GetString()));
    }

    [Fact]
    public async Task One_that_never_answers_or_hangs_up_holds_up_no_other()
    {
        await using var hub = await WebhooksHub.StartAsync(o => o.Timeout = TimeSpan.FromSeconds(10));
        await using var slow = await Receiver.StartAsync();
        await using var rude = await Receiver.StartAsync();
        await using var good = await Receiver.StartAsync();
        var ids = new List<string>();
        foreach (var receiver in (Receiver[])[slow, rude, good]) ids.Add((await hub.SubscribeAsync(receiver.Url)).Id);
        using var never = new CancellationTokenSource();
        slow.Answer = c => Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(c.RequestAborted, never.Token).Token).ContinueWith(_ => { }, TaskScheduler.Default);
        rude.Answer = c =>
        {
            c.Abort();
            return Task.CompletedTask;
        };
        for (var i = 0; i < 3; i++) await hub.ReportAsync();
        await hub.DeliverAsync();
        await never.CancelAsync();
        Assert.Equal((1, 3), (slow.Deliveries.Count, good.Deliveries.Count));
        Assert.Equal("no answer within 10 s", (await hub.ReadAsync(ids[0])).GetProperty("cause").GetString());
        Assert.Contains("cut", (await hub.ReadAsync(ids[1])).GetProperty("cause").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_of_a_hub_that_ended_before_noting_it_comes_again_with_its_id_and_two_workers_send_none_twice()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await hub.SubscribeAsync(receiver.Url);
        var first = await hub.ReportAsync();
        await hub.Hub.ReactAsync();
        using (var killed = new CancellationTokenSource())
        {
            receiver.Answer = async c => await killed.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.Hub.Services.GetRequiredService<WebhookWorker>().RunDueAsync(killed.Token));
        }

        receiver.Answer = null;
        await hub.DeliverAsync();
        Assert.Single(receiver.Deliveries);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.DeliverAsync();
        Assert.Equal([first, first], receiver.Deliveries.Select(d => d.Request));
        Assert.Single(receiver.Deliveries.Select(d => d.Id).Distinct());

        for (var i = 0; i < 20; i++) await hub.ReportAsync();
        await hub.Hub.ReactAsync();
        var worker = hub.Hub.Services.GetRequiredService<WebhookWorker>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => worker.RunDueAsync(default)));
        Assert.Equal(22, receiver.Deliveries.Count);
        Assert.Equal(receiver.Deliveries.Skip(2).Select(d => d.Request).Order(), receiver.Deliveries.Skip(2).Select(d => d.Request));
    }

    [Fact]
    public async Task Too_many_that_wait_lose_the_oldest_and_say_so()
    {
        await using var hub = await WebhooksHub.StartAsync(o => o.MaxPending = 3);
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await hub.SubscribeAsync(receiver.Url);
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            numbers.Add(await hub.ReportAsync());
            await hub.Hub.ReactAsync();
        }

        var view = await hub.ReadAsync(id);
        Assert.Equal((3L, 2L), (view.GetProperty("pending").GetInt64(), view.GetProperty("dropped").GetInt64()));
        await hub.DeliverAsync();
        Assert.Equal(numbers[2..], receiver.Deliveries.Select(d => d.Request));
    }

    [Fact]
    public async Task A_subscription_hears_only_what_it_asked_for()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var old = await hub.ReportAsync();
        await hub.DeliverAsync();
        await hub.SubscribeAsync(receiver.Url, "request.closed");
        var number = await hub.ReportAsync();
        await hub.DeliverAsync();
        await hub.CloseAsync(number);
        await hub.NoteAsync(old, "Soon");
        await hub.DeliverAsync();
        Assert.Equal([(number, "request.closed")], receiver.Deliveries.Select(d => (d.Request, d.Type)));
    }

    [Fact]
    public async Task Its_secret_is_shown_once_and_is_nowhere_else()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await hub.SubscribeAsync(receiver.Url);
        await (await hub.Client.PostJsonAsync($"/api/webhooks/{id}/ping", new { })).JsonAsync();
        await hub.DeliverAsync();
        Assert.Equal("ping", Assert.Single(receiver.Deliveries).Type);
        Assert.True(receiver.Deliveries[0].IsSignedWith(secret));
        var other = (await (await hub.Client.PostJsonAsync($"/api/webhooks/{id}/secret", new { })).JsonAsync()).GetProperty("secret").GetString()!;
        await (await hub.Client.PostJsonAsync($"/api/webhooks/{id}/ping", new { })).JsonAsync();
        await hub.DeliverAsync();
        Assert.Equal((false, true), (receiver.Deliveries[1].IsSignedWith(secret), receiver.Deliveries[1].IsSignedWith(other)));
        var said = new StringBuilder();
        foreach (var path in (string[])["/api/webhooks", $"/api/webhooks/{id}", "/api/audit?limit=100"]) said.Append(await (await hub.Client.FetchAsync(path)).Content.ReadAsStringAsync());
        said.Append(await hub.Database.ReadAsync(c => string.Join('\n', c.Query("SELECT * FROM webhooks").Select(r => (object)r)), default));
        Assert.Contains(id, said.ToString(), StringComparison.Ordinal);
        foreach (var each in (string[])[secret, other]) Assert.DoesNotContain(each["whsec_".Length..], said.ToString(), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(hub.Database.Folder, "webhooks.key")));

        Assert.Equal(HttpStatusCode.NoContent, (await hub.Client.DeleteAsync(new Uri($"/api/webhooks/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Client.FetchAsync($"/api/webhooks/{id}")).StatusCode);
        foreach (var role in (string[])["dispatcher", "supervisor", "integration", "read-only"])
        {
            using var refused = await hub.Hub.WithKeyAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await refused.FetchAsync("/api/webhooks")).StatusCode);
        }
    }

    [Fact]
    public async Task A_lost_key_is_noticed_before_anything_is_signed_with_another()
    {
        await using var hub = await WebhooksHub.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await hub.SubscribeAsync(receiver.Url);
        await hub.Database.WriteAsync(scope => { scope.Execute("UPDATE webhooks SET secret_check='000000000000'"); }, WritePriority.Interactive, default);
        await hub.ReportAsync();
        await hub.DeliverAsync();
        Assert.Empty(receiver.Deliveries);
        Assert.Contains("secret", (await hub.ReadAsync(id)).GetProperty("cause").GetString(), StringComparison.Ordinal);
        await (await hub.Client.PostJsonAsync($"/api/webhooks/{id}/secret", new { })).JsonAsync();
        await (await hub.Client.PostJsonAsync($"/api/webhooks/{id}/retry", new { })).JsonAsync();
        await hub.DeliverAsync();
        Assert.Single(receiver.Deliveries);
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
