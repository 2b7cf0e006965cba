using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Assets;

public sealed class StreetLightTests
{
    private static readonly DistrictsOptions Districts = new();
    private static readonly CityEdge Cambridge = new(DistrictFile.Load(Districts), new StreetMap([], [], new StreetsOptions()), Districts);

    [Fact]
    public async Task An_import_repeated_changes_nothing_and_a_change_arrives()
    {
        await using var hub = new DomainHub();
        var file = Path.Combine(hub.Database.Folder, "lights.geojson");
        await File.WriteAllTextAsync(file, Layer("City"));
        var poles = new PoleIndex();
        var import = Import(hub, poles, file);
        await import.StartAsync(default);
        await import.StartAsync(default);
        Assert.Equal("City", poles.Find("1-2")?.Owner);

        await File.WriteAllTextAsync(file, Layer("Private"));
        await import.StartAsync(default);
        Assert.Equal("Private", poles.Find("1-2")?.Owner);
        Assert.Single(await hub.Database.ReadAsync(AssetStore.All, default));
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_are_told_with_their_line_and_the_rest_is_imported()
    {
        await using var hub = new DomainHub();
        var poles = new PoleIndex();
        var import = Import(hub, poles);
        const string text = """
            POLE_NO,OWN,LAT,LON,N
            1,City,42.3736,-71.1097,1
            ,City,42.3736,-71.1097,1
            2,City,,,1
            3,City,-71.1097,42.3736,1
            4,City,236000.5,901000.25,1
            5,City,42.3601,-71.9,1
            1,Private,42.3736,-71.1097,1
            6,City,0,0,1
            7,,42.374,-71.11,
            8,City,42.374,-71.11,many
            """;
        var report = await RunAsync(import, text, dryRun: true);
        Assert.Empty(poles.All);
        Assert.Equal((10L, 2L, 8L), (report.Read, report.Imported, report.Rejected));
        Assert.Equal(
            [(3L, "no id"), (4L, "no place"), (5L, "outside the city"), (6L, "not WGS 84"), (7L, "outside the city"), (8L, "id twice"), (9L, "no place"), (11L, "unusable value")],
            report.Faults.Select(f => (f.Line, f.Reason)));
        Assert.Contains("exchange them", report.Faults[2].Remedy, StringComparison.Ordinal);
        Assert.Contains("EPSG:4326", report.Faults[3].Remedy, StringComparison.Ordinal);

        report = await RunAsync(import, text);
        Assert.Equal((2L, 0L, 8L), (report.Imported, report.Unchanged, report.Rejected));
        Assert.Equal(["1", "7"], poles.All.Select(l => l.Pole));
        report = await RunAsync(import, text.Replace("7,,", "7,Private,", StringComparison.Ordinal));
        Assert.Equal((0L, 1L, 1L), (report.Imported, report.Changed, report.Unchanged));
        Assert.Equal("Private", poles.Find("7")!.Owner);
        var kept = await hub.Database.ReadAsync(ImportStore.All, default);
        Assert.Equal(2, kept.Count);
        Assert.Equal(8, kept[0].Report.Faults.Count);
    }

    [Fact]
    public async Task The_city_s_own_inventory_has_no_row_that_is_left_out_in_silence()
    {
        await using var hub = new DomainHub();
        var poles = new PoleIndex();
        var import = Import(hub, poles, new AssetsOptions().StreetLightsFile);
        await import.StartAsync(default);
        var (id, report) = Assert.Single(await hub.Database.ReadAsync(ImportStore.All, default));
        Assert.Equal("start-street-lights", id);
        Assert.Equal((6_117L, 6_117L, 0L), (report.Read, report.Imported, report.Rejected));
        Assert.Equal(6_117, poles.All.Count);
    }

    [Fact]
    public async Task A_layer_of_which_nothing_can_be_used_stops_the_start()
    {
        await using var hub = new DomainHub();
        var file = Path.Combine(hub.Database.Folder, "lights.csv");
        await File.WriteAllTextAsync(file, "PoleID,Latitude,Longitude\n1,236000,901000\n");
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => Import(hub, new PoleIndex(), file).StartAsync(default));
        Assert.Contains("line 2 (1)", fault.Message, StringComparison.Ordinal);
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

    private static ImportStreetLights Import(DomainHub hub, PoleIndex poles, string file = "") =>
        new(new AssetsOptions { StreetLightsFile = file }, Cambridge, hub.Database, poles, hub.Time, NullLogger<ImportStreetLights>.Instance);

    private static Task<ImportReport> RunAsync(ImportStreetLights import, string text, bool dryRun = false) => import.RunAsync(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "lights.csv", new FileForm(),
        new StreetLightColumns { Id = "pole_no", Owner = "OWN", Latitude = "LAT", Longitude = "LON", Lamps = "N" }, new ImportTally(), dryRun, Actor.Console, default);

    private static string Layer(string owner) =>
        $$$"""
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"PoleID":"1-2","Owner":"{{{owner}}}","Description":"Cobrahead","NumLamps":1},
        "geometry":{"type":"Point","coordinates":[-71.1,42.37]}}]}
        """;
}
