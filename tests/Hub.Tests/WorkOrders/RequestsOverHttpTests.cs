using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class RequestsOverHttpTests
{
    [Fact]
    public async Task A_dispatcher_opens_a_request_and_gives_it_to_a_crew()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsJsonAsync("/api/crews", new { id = "c1", name = "Potholes 1", members = new[] { "m-1" } })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/crews", new { id = "c1", name = "Potholes 1" })).StatusCode);

        var request = await PostAsync(client, "/api/requests", new { service = "pothole", lat = 42.365516, lon = -71.103746, description = "deep" });
        var number = request.GetProperty("number").GetString()!;
        Assert.Contains("Massachusetts Ave", request.GetProperty("address").GetString(), StringComparison.Ordinal);
        var order = await PostAsync(client, "/api/work-orders", new { request = number });
        Assert.Equal("unassigned", order.GetProperty("state").GetString());
        var id = order.GetProperty("id").GetString();
        var assigned = await client.PostAsJsonAsync($"/api/work-orders/{id}/assign", new { crew = "c1" });
        Assert.Equal(HttpStatusCode.OK, assigned.StatusCode);

        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/requests/{number}");
        Assert.Equal("assigned", detail.GetProperty("stage").GetString());
        Assert.Equal("Potholes 1", detail.GetProperty("orders")[0].GetProperty("crewName").GetString());
        Assert.Equal(3, detail.GetProperty("history").GetArrayLength());
        var kinds = (await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{id}")).GetProperty("history");
        Assert.Equal(2, kinds.GetArrayLength());
        Assert.Equal(1, (await client.GetFromJsonAsync<JsonElement>("/api/work-orders?crew=c1")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Lists_come_in_pages_that_lose_and_repeat_nothing()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        for (var i = 0; i < 7; i++) await PostAsync(client, "/api/requests", new { service = "street-light-out", lat = 42.37 + i * 1e-3, lon = -71.10 });
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/requests?limit=3&status=open&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("number").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(i => $"-{i:000000}"), seen.Select(n => n[5..]));
    }

    [Fact]
    public async Task Bad_input_is_answered_as_a_problem()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        async Task IsAsync(HttpStatusCode expected, Task<HttpResponseMessage> answer)
        {
            using var response = await answer;
            Assert.Equal(expected, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        await IsAsync(HttpStatusCode.BadRequest, client.PostAsJsonAsync("/api/requests", new { service = "dragons", lat = 0, lon = 0 }));
        await IsAsync(HttpStatusCode.BadRequest, client.GetAsync("/api/requests?cursor=nonsense"));
        await IsAsync(HttpStatusCode.NotFound, client.GetAsync("/api/requests/SR-00-000000"));
        await IsAsync(HttpStatusCode.NotFound, client.GetAsync("/api/sites/lamp:271-M?"));
        await IsAsync(HttpStatusCode.UnprocessableEntity, client.PostAsJsonAsync("/api/work-orders", new { request = "SR-00-000000" }));
        await IsAsync(HttpStatusCode.NotFound, client.PostAsJsonAsync("/api/work-orders/nothing/assign", new { crew = "c1" }));
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/sites")).GetProperty("items").GetArrayLength());
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
