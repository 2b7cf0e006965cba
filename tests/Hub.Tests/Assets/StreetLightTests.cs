using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Assets;

public sealed class StreetLightTests
{
    [Fact]
    public async Task An_import_repeated_changes_nothing_and_a_change_arrives()
    {
        await using var hub = new DomainHub();
        var file = Path.Combine(hub.Database.Folder, "lights.geojson");
        await File.WriteAllTextAsync(file, Layer("City"));
        var poles = new PoleIndex();
        var import = new ImportStreetLights(new AssetsOptions { StreetLightsFile = file }, hub.Database, poles, NullLogger<ImportStreetLights>.Instance);
        await import.StartAsync(default);
        await import.StartAsync(default);
        Assert.Equal("City", poles.Find("1-2")?.Owner);

        await File.WriteAllTextAsync(file, Layer("Private"));
        await import.StartAsync(default);
        Assert.Equal("Private", poles.Find("1-2")?.Owner);
        Assert.Single(await hub.Database.ReadAsync(AssetStore.All, default));
    }

    [Fact]
    public void Poles_near_a_place_come_nearest_first_and_match_a_full_search()
    {
        var random = new Random(311);
        var origin = new GeoPoint(42.37, -71.10);
        var lights = Enumerable.Range(0, 500)
            .Select(i => new StreetLight($"p{i:000}", origin.MovedByM(random.NextDouble() * 800, random.NextDouble() * 800), "City", null, null, 1, null))
            .ToList();
        var index = new PoleIndex();
        index.Replace(lights);
        for (var i = 0; i < 200; i++)
        {
            var at = origin.MovedByM(random.NextDouble() * 800, random.NextDouble() * 800);
            var expected = lights.Where(l => l.At.DistanceMTo(at) <= 40).OrderBy(l => l.At.DistanceMTo(at)).Select(l => l.Pole);
            Assert.Equal(expected, index.Near(at, 40).Select(l => l.Pole));
        }
    }

    private static string Layer(string owner) =>
        $$$"""
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"PoleID":"1-2","Owner":"{{{owner}}}","Description":"Cobrahead","NumLamps":1},
        "geometry":{"type":"Point","coordinates":[-71.1,42.37]}}]}
        """;
}
