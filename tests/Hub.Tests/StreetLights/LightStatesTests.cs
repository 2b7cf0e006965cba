using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.StreetLights;

/// <summary>What supervisors read of street lights, over HTTP.</summary>
public sealed class LightStatesTests
{
    [Fact]
    public async Task Lists_a_state_page_by_page_and_lights_that_no_pass_could_judge_for_some_nights()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        await ImportAsync(client);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await hub.Services.GetRequiredService<Database>().WriteAsync(
            scope =>
            {
                StreetLightStore.Save(scope, new PoleReading("A1", PoleState.Lit, 1, 9, now, now, null));
                StreetLightStore.Save(scope, new PoleReading("A2", PoleState.NeverBurned, 0.45, 4, now, now - 20 * 86_400_000L, LampDoubt.BrightFloor));
                StreetLightStore.Save(scope, new PoleReading("A3", PoleState.NeverBurned, 1, 3, now, now, null));
                StreetLightStore.Save(scope, new PoleReading("A0", PoleState.Lit, 1, 9, now, now, null));
            }, WritePriority.Interactive, default);

        var first = await ReadAsync(client, "?state=neverBurned&limit=1");
        Assert.Equal((2, 1, 1), (Count(first, "neverBurned"), Count(first, "lit"), Count(first, "unknown")));
        Assert.Equal("A2", Assert.Single(Poles(first)));
        Assert.Equal("111 Ellery St", first.GetProperty("items")[0].GetProperty("address").GetString());
        var second = await ReadAsync(client, $"?state=neverBurned&limit=1&after={first.GetProperty("next").GetString()}");
        Assert.Equal("A3", Assert.Single(Poles(second)));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);

        // Nobody passed A4, and A0 is no pole of the inventory.
        Assert.Equal(["A4"], Poles(await ReadAsync(client, "?state=unknown")));
        Assert.Equal(["A1"], Poles(await ReadAsync(client, "?state=lit")));

        // The map has the same states, by their numbers.
        var map = await client.GetFromJsonAsync<JsonElement>("/api/street-lights");
        Assert.Equal([("A1", 1), ("A2", 7), ("A3", 7), ("A4", 0)], map.GetProperty("poles").EnumerateArray().Select(p => (p[0].GetString()!, p[4].GetInt32())).Order());

        var unseen = await ReadAsync(client, "?state=unseen&nights=14");
        Assert.Equal(2, unseen.GetProperty("unseen").GetInt32());
        Assert.Equal(["A2", "A4"], Poles(unseen));
        Assert.Equal("brightFloor", unseen.GetProperty("items")[0].GetProperty("doubt").GetString());
        Assert.Equal(["A4"], Poles(await ReadAsync(client, "?state=unseen&nights=30")));
    }

    [Fact]
    public async Task Refuses_what_it_does_not_know_and_takes_a_look_at_a_light_that_it_knows()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        await ImportAsync(client);
        foreach (var query in new[] { "?state=bright", "?state=3", "?nights=0", "?limit=0" })
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, (await client.GetAsync(Address(query))).StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsync(new Uri("/api/street-lights/none/burns", UriKind.Relative), null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync(new Uri("/api/street-lights/A1/burns", UriKind.Relative), null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(new Uri("/api/street-lights/A1/burns", UriKind.Relative))).StatusCode);
    }

    private static async Task ImportAsync(HttpClient client)
    {
        using var file = new StringContent("NR,Latitude,Longitude\nA1,42.3736,-71.1097\nA2,42.3737,-71.1097\nA3,42.3738,-71.1097\nA4,42.3739,-71.1097\n");
        (await client.PostAsync(new Uri("/api/imports/street-lights?id=NR&name=lights.csv", UriKind.Relative), file)).EnsureSuccessStatusCode();
    }

    private static Uri Address(string query) => new("/api/street-lights/states" + query, UriKind.Relative);

    private static async Task<JsonElement> ReadAsync(HttpClient client, string query) => await client.GetFromJsonAsync<JsonElement>(Address(query));

    private static int Count(JsonElement page, string state) => page.GetProperty("counts").GetProperty(state).GetInt32();

    private static string[] Poles(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("pole").GetString()!)];
}
