using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Azure;

/// <summary>Event Grid's webhook, as its documentation describes the other side.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task Both_handshakes_are_answered_and_nothing_is_taken_without_the_key()
    {
        await using var run = await AzureHub.StartAsync();
        var validation = new JsonObject
        {
            ["id"] = "1", ["topic"] = "/subscriptions/0", ["subject"] = "", ["eventType"] = "Microsoft.EventGrid.SubscriptionValidationEvent", ["eventTime"] = "2026-11-22T08:00:00Z",
            ["data"] = new JsonObject { ["validationCode"] = "512d38b6", ["validationUrl"] = "https://example.org/never-fetched" }, ["dataVersion"] = "1", ["metadataVersion"] = "1",
        };
        using (var answer = await run.PostAsync(AzureHub.Key, "SubscriptionValidation", validation))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("512d38b6", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["validationResponse"]!.GetValue<string>());
        }

        foreach (var key in (string?[])[null, "", AzureHub.Key + "x", AzureHub.Key[..^1]])
        {
            using var refused = await run.PostAsync(key, "Notification", run.Event(Lane.Up, Sample.Batch(Sample.Lamp(1))));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Empty(await run.LedgerAsync());
        using (var inQuery = new HttpRequestMessage(HttpMethod.Post, new Uri($"{run.Webhook}?key={AzureHub.Key}")) { Content = new StringContent("[]", Encoding.UTF8, "application/json") })
        using (var answer = await run.Hub.Client.SendAsync(inQuery))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using (var consent = await OptionsAsync(run, "eventgrid.azure.net"))
        {
            Assert.Equal(HttpStatusCode.OK, consent.StatusCode);
            Assert.Equal("eventgrid.azure.net", Assert.Single(consent.Headers.GetValues("WebHook-Allowed-Origin")));
        }

        using var stranger = await OptionsAsync(run, "evil.example.org");
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.False(stranger.Headers.Contains("WebHook-Allowed-Origin"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_delivery_is_committed_when_it_is_answered_and_once_however_often_it_comes(bool cloudEvents)
    {
        await using var run = await AzureHub.StartAsync();
        var one = run.Event(Lane.Up, Sample.Batch(Sample.Lamp(1), Sample.Track(2)), cloudEvents: cloudEvents);
        var two = run.Event(Lane.Up, Sample.Batch(Sample.Lamp(3)), cloudEvents: cloudEvents);

        using (var first = await run.PostAsync(AzureHub.Key, "Notification", two, one, two)) Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        // At once, not eventually: 200 comes after the commit.
        Assert.Equal(3, (await run.LedgerAsync()).Length);
        using (var again = await run.PostAsync(AzureHub.Key, "Notification", one, two)) Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(3, (await run.LedgerAsync()).Length);
    }

    [Fact]
    public async Task What_is_wrong_with_one_event_costs_no_other_and_who_sent_it_says_IoT_Hub()
    {
        await using var run = await AzureHub.StartAsync(Sample.Vehicle, "unit-9");
        var bad = run.Event(Lane.Up, Sample.Batch(Sample.Lamp(5)));
        bad["data"]!["body"] = "no base64 at all!";
        var withoutLane = run.Event(Lane.Up, Sample.Batch(Sample.Lamp(6)));
        ((JsonObject)withoutLane["data"]!["properties"]!).Remove("lane");
        var down = run.Event(Lane.Up, Sample.Batch(Sample.Lamp(7)));
        down["data"]!["properties"]!["lane"] = "down/ack";

        using var answer = await run.PostAsync(
            AzureHub.Key, "Notification", bad, withoutLane, down,
            run.Event(Lane.Up, Sample.Batch(Sample.Lamp(8)), hubName: "another"),
            // It is unit-214's batch in unit-9's session, and unit-7's session is none of ours.
            run.Event(Lane.Up, Sample.Batch(Sample.Lamp(9)), device: "unit-9"),
            run.Event(Lane.Up, Sample.Batch(Sample.Lamp(10)), device: "unit-7"),
            run.Event(Lane.Up, Sample.Batch(Sample.Lamp(1))));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"seq\":1,", Assert.Single(await run.LedgerAsync()), StringComparison.Ordinal);
        var said = JsonNode.Parse(await run.Hub.Client.GetStringAsync(new Uri("/api/azure", UriKind.Relative)))!["events"]!;
        foreach (var why in new[] { "ignored-no-body", "ignored-another-source", "ignored-another-vehicle" }) Assert.Equal(1, said[why]!.GetValue<int>());
        Assert.Equal(2, said["ignored-no-lane"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("7")]
    [InlineData("[{\"id\":1}]")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task A_body_that_is_no_delivery_is_refused_for_good(string body)
    {
        await using var run = await AzureHub.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, run.Webhook) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Field-Key", AzureHub.Key);
        using var answer = await run.Hub.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_delivery_of_more_than_2_MB_is_refused()
    {
        await using var run = await AzureHub.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, run.Webhook) { Content = new StringContent($"[\"{new string('x', 3 * 1024 * 1024)}\"]", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Field-Key", AzureHub.Key);
        using var answer = await run.Hub.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Late_statuses_and_late_changes_of_the_connection_move_nothing_back()
    {
        await using var run = await AzureHub.StartAsync();
        var statuses = run.Hub.Services.GetRequiredService<VehicleStatuses>();
        var now = TimeProvider.System.GetUtcNow();
        byte[] Status(bool online, long orders) => Sample.Encode(new VehicleStatus { Online = online, Epoch = Sample.Epoch, OrdersVersion = orders });
        JsonObject Change(bool connected, int sequence, DateTimeOffset at) => EventGridChange(run, connected, sequence, at);

        await TakeAsync(run.Event(Lane.Status, Status(true, 7), enqueued: now.AddSeconds(-5)), run.Event(Lane.Status, Status(true, 3), enqueued: now.AddSeconds(-20)));
        Assert.Equal((true, 7L), (statuses.Find(Sample.Vehicle).Online, statuses.Find(Sample.Vehicle).Status!.OrdersVersion));
        await TakeAsync(Change(false, 1, now.AddSeconds(-10)));
        Assert.True(statuses.Find(Sample.Vehicle).Online);
        await TakeAsync(Change(false, 3, now));
        Assert.Equal((false, 7L), (statuses.Find(Sample.Vehicle).Online, statuses.Find(Sample.Vehicle).Status!.OrdersVersion));
        await TakeAsync(Change(true, 2, now.AddSeconds(1)));
        Assert.False(statuses.Find(Sample.Vehicle).Online);
        await TakeAsync(Change(true, 4, now.AddSeconds(2)));
        Assert.True(statuses.Find(Sample.Vehicle).Online);

        async Task TakeAsync(params JsonObject[] events)
        {
            foreach (var one in events)
            {
                using var answer = await run.PostAsync(AzureHub.Key, "Notification", one);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task A_live_position_arrives_and_needs_a_registered_vehicle()
    {
        await using var run = await AzureHub.StartAsync();
        using var answer = await run.PostAsync(AzureHub.Key, "Notification", run.Event(Lane.Live, Sample.Encode(Sample.Live(1_000))));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(run.Hub.Services.GetRequiredService<LivePositions>().Newest(Sample.Vehicle));
    }

    [Fact]
    public async Task A_hub_without_Azure_has_no_such_address()
    {
        var folder = Broker.BrokerHost.NewFolder();
        await using (var hub = await ComposedHub.StartAsync(folder))
        {
            using var content = new StringContent("[]", Encoding.UTF8, "application/json");
            using var answer = await hub.Client.PostAsync(new Uri(AzureHub.Endpoint, UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<HttpResponseMessage> OptionsAsync(AzureHub run, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, run.Webhook);
        request.Headers.Add("WebHook-Request-Origin", origin);
        return await run.Hub.Client.SendAsync(request);
    }

    private static JsonObject EventGridChange(AzureHub run, bool connected, int sequence, DateTimeOffset at) => Support.IotHub.EventGridPoster.Event(
        connected ? "Microsoft.Devices.DeviceConnected" : "Microsoft.Devices.DeviceDisconnected", Sample.Vehicle, at,
        new JsonObject { ["deviceConnectionStateEventInfo"] = new JsonObject { ["sequenceNumber"] = sequence.ToString("X64") }, ["hubName"] = run.IotHub.HostName, ["deviceId"] = Sample.Vehicle },
        run.IotHub.HostName, cloudEvents: false);
}
