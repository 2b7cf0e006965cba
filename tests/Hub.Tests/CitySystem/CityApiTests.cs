using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

public sealed class CityApiTests
{
    [Fact]
    public async Task Stuck_pushes_are_listed_by_state_in_pages_with_their_causes()
    {
        await using var hub = await RealHub.StartAsync();
        for (var i = 0; i < 7; i++) await AddAsync(hub, $"SR-26-00000{i}", i % 2 == 0 ? PushState.OutcomeUnknown : PushState.Failed);
        using var client = await hub.WithKeyAsync("dispatcher");
        var first = await client.GetFromJsonAsync<JsonElement>("/api/city/pushes?state=outcome-unknown&limit=3");
        Assert.Equal(["SR-26-000006", "SR-26-000004", "SR-26-000002"], first.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("request").GetString()));
        Assert.All(first.GetProperty("items").EnumerateArray(), p => Assert.Equal("cut", p.GetProperty("cause").GetString()));
        var second = await client.GetFromJsonAsync<JsonElement>("/api/city/pushes?state=outcome-unknown&limit=3&cursor=" + first.GetProperty("next").GetString());
        Assert.Equal("SR-26-000000", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("request").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        var health = await client.GetFromJsonAsync<JsonElement>("/api/city");
        Assert.Equal((4, 3), (health.GetProperty("unknown").GetInt32(), health.GetProperty("failed").GetInt32()));
        using var wrong = await client.GetAsync(new Uri("/api/city/pushes?state=lost", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_person_settles_what_is_unknown_and_retries_what_failed()
    {
        await using var hub = await RealHub.StartAsync(settings: s => s.CitySystem.Services = new() { ["pothole"] = "PH" });
        using var client = await hub.WithKeyAsync("dispatcher");
        var there = await AddAsync(hub, "SR-26-000001", PushState.OutcomeUnknown);
        var again = await AddAsync(hub, "SR-26-000002", PushState.OutcomeUnknown);
        var given = await AddAsync(hub, "SR-26-000003", PushState.OutcomeUnknown);
        var failed = await AddAsync(hub, "SR-26-000004", PushState.Failed);
        Assert.Equal("delivered", await StateAsync(client, $"/api/city/pushes/{there}/settle", new { decision = "there", remote = " 77 " }));
        Assert.Equal("waiting", await StateAsync(client, $"/api/city/pushes/{again}/settle", new { decision = "send-again" }));
        Assert.Equal("given-up", await StateAsync(client, $"/api/city/pushes/{given}/settle", new { decision = "give-up" }));
        Assert.Equal("waiting", await StateAsync(client, $"/api/city/pushes/{failed}/retry", new { }));

        var one = await client.GetFromJsonAsync<JsonElement>($"/api/city/pushes/{there}");
        Assert.Equal("77", one.GetProperty("remote").GetString());
        Assert.Contains(one.GetProperty("log").EnumerateArray(), l => l.GetProperty("what").GetString()!.Contains("says it is there", StringComparison.Ordinal));
        var retried = await client.GetFromJsonAsync<JsonElement>($"/api/city/pushes/{failed}");
        Assert.Equal("PH", retried.GetProperty("serviceCode").GetString());

        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(client, $"/api/city/pushes/{there}/settle", new { decision = "send-again" }));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(client, $"/api/city/pushes/{again}/retry", new { }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/api/city/pushes/none/retry", new { }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/api/city/pushes/none/settle", new { }));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(client, $"/api/city/pushes/{given}/settle", new { decision = "there" }));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(client, $"/api/city/pushes/{given}/settle", new { decision = "forget" }));
    }

    private static async Task<string> AddAsync(RealHub hub, string number, PushState state)
    {
        var database = (Database)hub.Services.GetService(typeof(Database))!;
        return await database.WriteAsync(scope =>
        {
            var push = new Push
            {
                Id = "p" + number[^6..], Request = number, Kind = PushKind.Request, N = 0, Marker = Marker.New(), State = state, Attempts = 1, Cause = "cut",
                CreatedAt = scope.Now, UpdatedAt = scope.Now, Body = new PushBody { Service = "pothole", Lat = 42.37, Lon = -71.1, Description = "Pothole" },
            };
            CityStore.Add(scope, push);
            return push.Id;
        }, WritePriority.Interactive, default);
    }

    private static async Task<string?> StateAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        return response.StatusCode;
    }
}
