using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Assets;

public sealed class FindPlacesTests
{
    [Fact]
    public async Task A_place_is_found_by_what_people_call_it()
    {
        await using var hub = await RealHub.StartAsync();
        await hub.Services.GetRequiredService<ImportStreetLights>().StartAsync(default);
        using var client = await hub.WithKeyAsync("dispatcher");
        async Task<List<JsonElement>> FindAsync(string q, string more = "") =>
            [.. (await (await client.FetchAsync($"/api/places?q={Uri.EscapeDataString(q)}{more}")).JsonAsync()).GetProperty("items").EnumerateArray()];
        static (string?, string?) Named(JsonElement item) => (item.GetProperty("kind").GetString(), item.GetProperty("text").GetString());

        var house = (await FindAsync("125 Inman St"))[0];
        Assert.Equal(("address", "125 Inman St"), Named(house));
        Assert.InRange(house.GetProperty("lat").GetDouble(), 42.36, 42.38);
        Assert.Equal(("intersection", "Hampshire St & Inman St"), Named((await FindAsync("Inman St & Hampshire St"))[0]));
        var poles = await FindAsync("pole 340-27");
        Assert.Equal(("pole", "340-27"), Named(poles[0]));
        Assert.Contains("Harvey St", poles[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(("pole", "340-27"), Named((await FindAsync("340-27"))[0]));
        var point = (await FindAsync("42.3736, -71.1097"))[0];
        Assert.Equal(("point", 42.3736), (point.GetProperty("kind").GetString(), point.GetProperty("lat").GetDouble()));
        Assert.Equal(2, (await FindAsync("inman", "&limit=2")).Count);
        Assert.Empty(await FindAsync("dragon street"));
        Assert.Empty(await FindAsync("'; -- %"));

        using var nobody = hub.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.FetchAsync("/api/places?q=inman")).StatusCode);
    }
}
