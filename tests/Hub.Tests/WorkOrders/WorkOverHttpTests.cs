using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class WorkOverHttpTests
{
    private static readonly GeoPoint Place = new(42.365516, -71.103746);
    private long seq;

    [Fact]
    public async Task An_order_for_a_block_face_needs_no_request_and_names_its_street()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await CrewAsync(hub);
        var order = await PostAsync(client, "/api/work-orders", new
        {
            service = "pothole", title = "Patch the block", crew = "c1", targetAt = "2027-01-04T12:00:00Z",
            area = new[] { new { lat = 42.3655, lon = -71.1037 }, new { lat = 42.3662, lon = -71.1045 } },
        });
        Assert.Equal(("assigned", "repair", JsonValueKind.Null), (Text(order, "state"), Text(order, "kind"), order.GetProperty("request").ValueKind));
        Assert.NotEmpty(Text(order, "address")!);
        var id = Text(order, "id")!;
        await ActAsync(hub, new CrewAction { Id = "p1", Kind = CrewActionKind.Point, Order = id, At = new GeoPoint(42.3656, -71.1038), Point = new RepairPoint("pothole", 0.5, "m2") });
        await ActAsync(hub, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = id, At = Place });
        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{id}");
        Assert.Equal("field-complete", Text(detail.GetProperty("order"), "state"));
        Assert.Equal((0.5, "m2"), (detail.GetProperty("points")[0].GetProperty("quantity").GetDouble(), Text(detail.GetProperty("points")[0], "unit")));
        var cost = await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{id}/costs");
        Assert.True(cost.GetProperty("cents").GetInt64() > 0);
        var sums = await client.GetFromJsonAsync<JsonElement>("/api/costs?by=service&from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z");
        Assert.Equal(cost.GetProperty("cents").GetInt64(), sums.GetProperty("cents").GetInt64());
        using var bad = await client.PostAsJsonAsync("/api/work-orders", new { service = "pothole" });
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task Finished_work_is_reviewed_sent_back_and_guarded_by_its_version()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await CrewAsync(hub);
        var id = Text(await PostAsync(client, "/api/work-orders", new { service = "pothole", lat = Place.Latitude, lon = Place.Longitude, crew = "c1" }), "id")!;
        using (var early = await client.PostAsJsonAsync($"/api/work-orders/{id}/review", new { accept = true })) Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        await ActAsync(hub, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = id, At = Place });
        using var read = await client.GetAsync($"/api/work-orders/{id}");
        var tag = read.Headers.ETag!;

        using (var back = await ReviewAsync(client, id, new { accept = false, reason = "not level" }, tag.Tag)) Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        using (var late = await ReviewAsync(client, id, new { accept = true }, tag.Tag))
        {
            Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
            Assert.Contains("changed by test", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(("assigned", "not level"), await StateAsync(client, id));
        await ActAsync(hub, new CrewAction { Id = "d2", Kind = CrewActionKind.Complete, Order = id, At = Place }, minutes: 60);
        using (var accepted = await ReviewAsync(client, id, new { accept = true, resolution = "completed" }, null)) Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal("reviewed", (await StateAsync(client, id)).Item1);
        using var dispatcher = await hub.WithKeyAsync("dispatcher");
        using var refused = await ReviewAsync(dispatcher, id, new { accept = true }, null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task An_emergency_suspends_the_crews_work_and_stands_until_somebody_read_it()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await CrewAsync(hub);
        var running = Text(await PostAsync(client, "/api/work-orders", new { service = "pothole", lat = Place.Latitude, lon = Place.Longitude, crew = "c1" }), "id")!;
        await ActAsync(hub, new CrewAction { Id = "s1", Kind = CrewActionKind.Start, Order = running, At = Place });
        var urgent = Text(await PostAsync(client, "/api/work-orders", new { service = "pothole", kind = "make-safe", priority = 1, lat = Place.Latitude, lon = Place.Longitude }), "id")!;
        using (var sent = await client.PostAsJsonAsync($"/api/work-orders/{urgent}/emergency", new { crew = "c1" })) Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal("suspended", (await StateAsync(client, running)).Item1);
        var copy = await Database(hub).ReadAsync(c => VehicleOrdersStore.State(c, "truck1", "e")!, default);
        Assert.Equal((urgent, true, true, "make-safe"), (copy.Orders[0].Id, copy.Orders[0].Emergency, copy.Orders[0].MustAcknowledge, copy.Orders[0].Kind));
        var standing = await Database(hub).ReadAsync(c => CrewAlertStore.Standing(c, DateTimeOffset.MaxValue), default);
        Assert.Equal((urgent, "unacknowledged"), (Assert.Single(standing).Order, standing[0].Kind));

        await ActAsync(hub, new CrewAction { Id = "k1", Kind = CrewActionKind.Acknowledge, Order = urgent }, minutes: 60 * 24);
        Assert.Empty(await Database(hub).ReadAsync(c => CrewAlertStore.Standing(c, DateTimeOffset.MaxValue), default));
        await ActAsync(hub, new CrewAction { Id = "help", Kind = CrewActionKind.Duress, At = Place }, minutes: 60 * 24);
        Assert.Equal("duress", Text((await client.GetFromJsonAsync<JsonElement>("/api/crew-alerts")).GetProperty("items")[0], "kind"));
        using (var taken = await client.PostAsync(new Uri("/api/crew-alerts/help/acknowledge", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using (var again = await client.PostAsync(new Uri("/api/crew-alerts/help/acknowledge", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/crew-alerts")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_event_holds_the_work_of_its_time_for_reimbursement()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await CrewAsync(hub);
        var id = Text(await PostAsync(client, "/api/work-orders", new { service = "pothole", lat = Place.Latitude, lon = Place.Longitude, crew = "c1" }), "id")!;
        var storm = Text(await PostAsync(client, "/api/city-events", new { kind = "snow", name = "Nor'easter", suspends = new[] { "pothole" }, reimbursement = "DR-4711" }), "id")!;
        await ActAsync(hub, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = id, At = Place }, now: true);
        var work = await client.GetFromJsonAsync<JsonElement>($"/api/city-events/{storm}/work");
        Assert.True(work.GetProperty("cents").GetInt64() > 0);
        Assert.Equal("DR-4711", Text((await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{id}")).GetProperty("cityEvents")[0], "reimbursement"));
        using (var ended = await client.PostAsync(new Uri($"/api/city-events/{storm}/end", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        using (var twice = await client.PostAsync(new Uri($"/api/city-events/{storm}/end", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var unknown = await client.PostAsJsonAsync("/api/city-events", new { kind = "dragons", name = "x", suspends = new[] { "dragons" } });
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task A_route_makes_its_order_on_its_day_and_a_defect_on_it_becomes_a_request()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await CrewAsync(hub);
        var stops = new[] { new { id = "a", at = new { lat = 42.3655, lon = -71.1037 } }, new { id = "b", at = new { lat = 42.3755, lon = -71.1137 } } };
        using (var put = await client.PostAsJsonAsync("/api/inspection-routes", new { id = "west", name = "West", service = "pothole", crew = "c1", stops, everyDays = 7, at = "00:00", firstDay = "2026-01-05" }))
            Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        var routes = (RunRoutes)hub.Services.GetService(typeof(RunRoutes))!;
        Assert.Single(await routes.RunOnceAsync(default));
        Assert.Empty(await routes.RunOnceAsync(default));
        var order = (await client.GetFromJsonAsync<JsonElement>("/api/work-orders?kind=inspection")).GetProperty("items")[0];
        Assert.Equal(("assigned", "West"), (Text(order, "state"), Text(order, "title")));
        var id = Text(order, "id")!;
        await ActAsync(hub, new CrewAction { Id = "p1", Kind = CrewActionKind.Point, Order = id, At = new GeoPoint(42.3655, -71.1037), Point = new RepairPoint("ok", Stop: "a") });
        await ActAsync(hub, new CrewAction { Id = "p2", Kind = CrewActionKind.Point, Order = id, At = new GeoPoint(42.3755, -71.1137), Point = new RepairPoint("defect", Stop: "b"), Note = "wide crack" });
        await ActAsync(hub, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = id, At = new GeoPoint(42.3755, -71.1137) });
        var requests = (await client.GetFromJsonAsync<JsonElement>("/api/requests")).GetProperty("items");
        Assert.Equal(("pothole", "open"), (Text(requests[0], "service"), Text(requests[0], "status")));
        Assert.Equal(1, requests.GetArrayLength());
        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{id}");
        Assert.Equal(("inspected", false, 2), (Text(detail.GetProperty("order"), "resolution"), detail.GetProperty("order").GetProperty("far").GetBoolean(), detail.GetProperty("points").GetArrayLength()));
    }

    private static Database Database(RealHub hub) => (Database)hub.Services.GetService(typeof(Database))!;

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private async Task<HttpClient> CrewAsync(RealHub hub)
    {
        var client = await hub.WithKeyAsync("city-it");
        (await client.PostAsJsonAsync("/api/crews", new { id = "c1", name = "Crew 1", members = new[] { "m1", "m2" } })).EnsureSuccessStatusCode();
        await ApplyAsync(hub, new WireRecord { Seq = ++seq, Stamp = Stamp(-30, false), Duty = new Duty("s1", "c1"), Shift = new ShiftChange("s1", "c1", ShiftState.On, ["m1", "m2"]) });
        return client;
    }

    private Task ActAsync(RealHub hub, CrewAction action, double minutes = 0, bool now = false) =>
        ApplyAsync(hub, new WireRecord { Seq = ++seq, Stamp = Stamp(minutes, now), Duty = new Duty("s1", "c1", "m1"), Action = action });

    // After what the office did just now, in the order of the presses.
    private Stamp Stamp(double minutes, bool now)
    {
        var at = DateTimeOffset.Parse("2026-11-22T06:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var real = TimeProvider.System.GetUtcNow().AddMilliseconds(now ? 0 : seq * 20).AddMinutes(minutes);
        return new Stamp { FixTime = real < at ? at : real, DeviceTime = real, Boot = "0000b007", MonotonicMs = seq * 1_000 };
    }

    private static async Task ApplyAsync(RealHub hub, WireRecord record)
    {
        await Database(hub).WriteAsync(scope =>
        {
            var stored = new StoredRecord("truck1", "cambridge-ma", "00000000000000e1", record, record.Stamp.DeviceTime.AddDays(2));
            foreach (var projection in (IEnumerable<IProjection>)hub.Services.GetService(typeof(IEnumerable<IProjection>))!) projection.Apply(scope, [stored]);
        }, WritePriority.Interactive, default);
        // What the office does next comes after it on the clock, too.
        var ahead = record.Stamp.DeviceTime - TimeProvider.System.GetUtcNow();
        if (ahead < TimeSpan.FromSeconds(5)) await Eventually.TrueAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > record.Stamp.DeviceTime.AddMilliseconds(1)), "the clock has passed the press");
    }

    private static async Task<HttpResponseMessage> ReviewAsync(HttpClient client, string id, object body, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/work-orders/{id}/review") { Content = JsonContent.Create(body) };
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await client.SendAsync(request);
    }

    private static async Task<(string?, string?)> StateAsync(HttpClient client, string id)
    {
        var order = (await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{id}")).GetProperty("order");
        return (Text(order, "state"), Text(order, "reason"));
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
