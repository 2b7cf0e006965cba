using System.Text;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Sites;

namespace ThreeOneOne.Field.Hub.Tests.Assets;

public sealed class RoadStructureTests
{
    private static readonly DistrictsOptions Districts = new();
    private static readonly CityEdge Cambridge = new(DistrictFile.Load(Districts), new StreetMap([], [], new StreetsOptions()), Districts);

    private const string Manholes = """
        NR,TYPE,LAT,LON,ACC
        1,Manhole,42.3736,-71.1097,2
        2,speed table,42.374,-71.11,
        """;

    [Fact]
    public async Task A_layer_repeated_changes_nothing_and_a_replacement_replaces_it_alone()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var report = await RunAsync(import, Manholes);
        Assert.Equal((2L, 0L, 0L), (report.Imported, report.Changed, report.Rejected));
        await RunAsync(import, "NR,LAT,LON\n1,42.375,-71.11", layer: "rails", all: "rail");
        report = await RunAsync(import, Manholes);
        Assert.Equal((0L, 0L, 2L, 0L), (report.Imported, report.Changed, report.Unchanged, report.Removed));
        Assert.Equal(
            [("rails", "1", RoadStructureKind.Rail, 3.0), ("structures", "1", RoadStructureKind.Casting, 2.0), ("structures", "2", RoadStructureKind.Hump, 3.0)],
            Index(hub).All.Select(s => (s.Layer, s.Id, s.Kind, s.AccuracyM)));

        // Row 2 is broken and still names its structure; 1 is gone.
        const string next = "NR,TYPE,LAT,LON,ACC\n2,pond,42.374,-71.11,\n3,valve,42.3741,-71.11,1\n";
        report = await RunAsync(import, next, replace: true, dryRun: true);
        Assert.Equal((1L, 1L, 1L), (report.Imported, report.Removed, report.Rejected));
        Assert.Equal(3, Index(hub).All.Count);
        await RunAsync(import, next, replace: true);
        Assert.Equal([("rails", "1"), ("structures", "2"), ("structures", "3")], Index(hub).All.Select(s => (s.Layer, s.Id)));
        Assert.Equal(Index(hub).All, await hub.Database.ReadAsync(RoadStructureStore.All, default));
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_are_told_with_their_line_and_what_would_make_them_right()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var report = await RunAsync(import, """
            NR,TYPE,LAT,LON,ACC
            1,manhole,42.3736,-71.1097,2
            ,manhole,42.3736,-71.1097,2
            2,,42.3736,-71.1097,2
            3,MH-3,42.3736,-71.1097,2
            4,manhole,,,2
            5,manhole,42.3601,-71.9,2
            1,valve,42.3736,-71.1097,2
            6,valve,42.3736,-71.1097,about 2
            7,valve,42.3736,-71.1097,200
            """);
        Assert.Equal((9L, 1L, 8L), (report.Read, report.Imported, report.Rejected));
        Assert.Equal(
            [(3L, "no id"), (4L, "unusable value"), (5L, "unusable value"), (6L, "no place"), (7L, "outside the city"), (8L, "id twice"), (9L, "unusable value"), (10L, "unusable value")],
            report.Faults.Select(f => (f.Line, f.Reason)));
        Assert.Contains("--is casting", report.Faults[2].Remedy, StringComparison.Ordinal);
        Assert.Contains("0 to 30", report.Faults[7].Remedy, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => RoadStructureColumns.Of(w => w == "is" ? "pond" : null));
        Assert.Throws<InvalidDataException>(() => RoadStructureColumns.Of(w => w == "accuracy-m" ? "31" : null));
    }

    [Fact]
    public async Task Places_hear_of_a_map_that_comes_and_goes_and_end_as_they_began()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var sample = new Sample();
        await hub.ApplyAsync(sample.Shock("v1", 0, Sample.Origin), sample.Shock("v2", 30, Sample.Origin));
        var before = await hub.SitesAsync();
        var belief = (await SiteAsync(hub)).Belief;

        await RunAsync(import, FormattableString.Invariant($"NR,LAT,LON\n1,{Sample.Origin.Latitude},{Sample.Origin.Longitude}"), all: "casting");
        await hub.ReactAsync();
        var options = hub.Get<SitesOptions>();
        Assert.Equal(belief + options.MappedPrior - options.StructurePrior, (await SiteAsync(hub)).Belief, 0.01);
        Assert.Equal("1", SiteSources.Known(Sample.Origin, Index(hub), options).Explains?.Id);

        await RunAsync(import, "NR,LAT,LON\n", all: "casting", replace: true);
        await hub.ReactAsync();
        Assert.Equal(before, await hub.SitesAsync());
    }

    private static RoadStructureIndex Index(DomainHub hub) => hub.Get<RoadStructureIndex>();

    private static async Task<Site> SiteAsync(DomainHub hub) =>
        await hub.Database.ReadAsync(c => SiteStore.Find(c, Dapper.SqlMapper.QuerySingle<string>(c, "SELECT id FROM sites"))!, default);

    private static ImportRoadStructures Import(DomainHub hub) => new(Cambridge, hub.Database, Index(hub), hub.Time);

    private static Task<ImportReport> RunAsync(
        ImportRoadStructures import, string text, string layer = "structures", string? all = null, bool replace = false, bool dryRun = false) => import.RunAsync(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "structures.csv", new FileForm(),
        RoadStructureColumns.Of(w => w switch { "id" => "NR", "kind" => "TYPE", "lat" => "LAT", "lon" => "LON", "accuracy" => "ACC", "layer" => layer, "is" => all, _ => null }),
        new ImportTally(), replace, dryRun, Actor.Console, default);
}
