using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

/// <summary>What the office does for crews and with many orders, over HTTP.</summary>
public sealed class RadioTests
{
    [Fact]
    public async Task What_a_crew_says_by_radio_is_its_action_with_who_said_and_who_typed_it()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await OfficeAsync(hub);
        var id = await OrderAsync(client, crew: "c1");
        var arrived = await SayAsync(client, id, new { clientId = "r1", saidBy = "m1", kind = "arrive" });
        Assert.Equal(("arrived", "c1"), (Text(arrived, "state"), Text(arrived, "crew")));
        Assert.Equal(JsonValueKind.Null, arrived.GetProperty("vehicle").ValueKind);
        var done = await SayAsync(client, id, new { clientId = "r2", saidBy = "m2", kind = "complete", note = "two bags", point = new { type = "pothole", quantity = 0.5, unit = "m2" } });
        Assert.Equal(("field-complete", "repaired"), (Text(done, "state"), Text(done, "resolution")));
        var history = (await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{id}")).GetProperty("history").EnumerateArray().ToList();
        var entry = history.Single(e => Text(e, "kind") == "complete");
        Assert.Equal(("radio", "test", "m2", "c1", "two bags"), (Text(entry, "source"), Text(entry, "who"), Text(entry, "member"), Text(entry, "crew"), Text(entry, "note")));
        Assert.Equal("office", Text(history.Single(e => Text(e, "kind") == "assign"), "source"));
        var request = (await client.GetFromJsonAsync<JsonElement>("/api/requests")).GetProperty("items")[0];
        Assert.Equal("closed", Text(request, "status"));
        var story = await client.GetFromJsonAsync<JsonElement>($"/api/requests/{Text(request, "number")}");
        Assert.Contains(story.GetProperty("history").EnumerateArray(), h => Text(h, "who") == "Crew 1 (by radio, test)");
        var audit = await client.GetFromJsonAsync<JsonElement>("/api/audit");
        Assert.Contains(audit.GetProperty("items").EnumerateArray(), a => Text(a, "action") == "order.report" && Text(a, "subject") == id);
    }

    [Fact]
    public async Task The_same_report_again_is_entered_once_and_another_under_its_id_is_refused()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await OfficeAsync(hub);
        var id = await OrderAsync(client, crew: "c1");
        var report = new { clientId = "r1", saidBy = "m1", kind = "start" };
        await SayAsync(client, id, report);
        Assert.Equal("started", Text(await SayAsync(client, id, report), "state"));
        var history = (await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{id}")).GetProperty("history");
        Assert.Single(history.EnumerateArray(), e => Text(e, "kind") == "start");
        using var other = await client.PostAsJsonAsync($"/api/work-orders/{id}/report", new { clientId = "r1", saidBy = "m1", kind = "complete" });
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task A_report_is_taken_back_by_another_one_and_that_by_a_third()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await OfficeAsync(hub);
        var id = await OrderAsync(client, crew: "c1");
        await SayAsync(client, id, new { clientId = "r1", saidBy = "m1", kind = "complete" });
        Assert.Equal("assigned", Text(await SayAsync(client, id, new { clientId = "u1", saidBy = "m1", kind = "undo", undoes = "r1" }), "state"));
        Assert.Equal("field-complete", Text(await SayAsync(client, id, new { clientId = "u2", saidBy = "m1", kind = "undo", undoes = "u1" }), "state"));
        using var nothing = await client.PostAsJsonAsync($"/api/work-orders/{id}/report", new { clientId = "u3", saidBy = "m1", kind = "undo", undoes = "never" });
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
    }

    [Fact]
    public async Task What_a_crew_found_and_fixed_is_entered_without_an_order()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await OfficeAsync(hub);
        var body = new { clientId = "f1", saidBy = "m1", kind = "fixedHere", crew = "c1", service = "pothole", lat = 42.365516, lon = -71.103746 };
        for (var i = 0; i < 2; i++)
        {
            using var response = await client.PostAsJsonAsync("/api/work-orders/report", body);
            var order = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(("field-complete", true, 1), (Text(order, "state"), order.GetProperty("byCrew").GetBoolean(), order.GetProperty("points").GetInt32()));
        }

        Assert.Equal(1, (await client.GetFromJsonAsync<JsonElement>("/api/work-orders")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"clientId":"x","kind":"start"}""", "saidBy")]
    [InlineData("""{"saidBy":"m1","kind":"start"}""", "clientId")]
    [InlineData("""{"clientId":"x","saidBy":"m1","kind":"fly"}""", "kind")]
    [InlineData("""{"clientId":"x","saidBy":"m1","kind":"start","at":"2031-01-01T00:00:00Z"}""", "at")]
    [InlineData("""{"clientId":"x","saidBy":"m1","kind":"start","lat":42.3}""", "lat")]
    [InlineData("""{"clientId":"x","saidBy":"m1","kind":"start","crew":"nobody"}""", "crew")]
    [InlineData("""{"clientId":"x","saidBy":"m1","kind":"handOver","to":"nobody"}""", "to")]
    [InlineData("""{"clientId":"x","saidBy":"m1","kind":"undo"}""", "undoes")]
    public async Task A_faulty_report_says_which_field(string body, string field)
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await OfficeAsync(hub);
        var id = await OrderAsync(client, crew: "c1");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri($"/api/work-orders/{id}/report", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Many_orders_and_requests_go_to_a_crew_at_once_and_one_that_cannot_holds_up_no_other()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await OfficeAsync(hub);
        var first = await OrderAsync(client, crew: null);
        var done = await OrderAsync(client, crew: "c1", lat: 42.37);
        await SayAsync(client, done, new { clientId = "r1", saidBy = "m1", kind = "complete" });
        using var opened = await client.PostAsJsonAsync("/api/requests", new { service = "pothole", lat = 42.375, lon = -71.11 });
        var request = Text(await opened.Content.ReadFromJsonAsync<JsonElement>(), "number")!;
        object[] items = [new { order = first }, new { order = done }, new { request }, new { order = "wo-99-000001" }, new { order = first, version = 1 }];
        var answer = await PostAsync(client, "/api/work-orders/assign", new { crew = "c1", items });
        var results = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([true, false, true, false, false], results.Select(r => r.GetProperty("ok").GetBoolean()));
        Assert.Equal(("assigned", "c1", request), (Text(results[2].GetProperty("summary"), "state"), Text(results[2].GetProperty("summary"), "crew"), Text(results[2], "request")));
        Assert.Contains("field-complete", Text(results[1], "problem"), StringComparison.Ordinal);
        // The same again gives the request no second order; and all of it is taken back the same way.
        await PostAsync(client, "/api/work-orders/assign", new { crew = "c1", items });
        Assert.Equal(3, (await client.GetFromJsonAsync<JsonElement>("/api/work-orders")).GetProperty("items").GetArrayLength());
        var back = await PostAsync(client, "/api/work-orders/assign", new { crew = (string?)null, items = new[] { new { order = first } } });
        Assert.Equal("unassigned", Text(back.GetProperty("items")[0].GetProperty("summary"), "state"));
    }

    [Fact]
    public async Task An_order_that_nobody_has_begun_is_cancelled_with_a_reason()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await OfficeAsync(hub);
        var id = await OrderAsync(client, crew: "c1");
        using (var silent = await client.PostAsJsonAsync($"/api/work-orders/{id}/cancel", new { })) Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        var cancelled = await PostAsync(client, $"/api/work-orders/{id}/cancel", new { reason = "made twice" });
        Assert.Equal(("cancelled", "made twice"), (Text(cancelled, "state"), Text(cancelled, "reason")));
        var begun = await OrderAsync(client, crew: "c1", lat: 42.37);
        await SayAsync(client, begun, new { clientId = "r1", saidBy = "m1", kind = "start" });
        using var refused = await client.PostAsJsonAsync($"/api/work-orders/{begun}/cancel", new { reason = "too late" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    internal static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static async Task<HttpClient> OfficeAsync(RealHub hub)
    {
        var client = await hub.WithKeyAsync("city-it");
        foreach (var n in new[] { 1, 2 })
            (await client.PostAsJsonAsync("/api/crews", new { id = $"c{n}", name = $"Crew {n}", members = new[] { "m1", "m2" } })).EnsureSuccessStatusCode();
        return client;
    }

    private static async Task<string> OrderAsync(HttpClient client, string? crew, double lat = 42.365516)
    {
        using var opened = await client.PostAsJsonAsync("/api/requests", new { service = "pothole", lat, lon = -71.103746 });
        var request = Text(await opened.Content.ReadFromJsonAsync<JsonElement>(), "number");
        return Text(await PostAsync(client, "/api/work-orders", new { request, crew }), "id")!;
    }

    private static Task<JsonElement> SayAsync(HttpClient client, string order, object said) => PostAsync(client, $"/api/work-orders/{order}/report", said);

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
