using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.WorkZones;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkZones;

/// <summary>Works that a city announces with a drawing, and what is felt in them.</summary>
public sealed class WorkZoneTests
{
    private static readonly DistrictsOptions Districts = new() { File = "" };
    private static readonly CityEdge Anywhere = new(DistrictFile.Load(Districts), new StreetMap([], [], new StreetsOptions()), Districts);

    [Fact]
    public async Task What_is_felt_along_drawn_works_says_nothing_while_they_last()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var sample = new Sample();
        // In the works, in the next street, and past their end.
        var (inside, aside, past) = (Sample.Origin.MovedByM(700, 12), Sample.Origin.MovedByM(700, 45), Sample.Origin.MovedByM(1_030, 0));
        foreach (var at in (GeoPoint[])[inside, aside, past]) await hub.ApplyAsync(sample.Shock("v1", 0, at), sample.Shock("v2", 30, at));
        var before = await hub.SitesAsync();
        Assert.Equal(3, await SupportedAsync(hub));

        var line = Line(Sample.Origin, Sample.Origin.MovedByM(1_000, 0));
        var report = await RunAsync(import, Feature("w1", line, Sample.Start.AddHours(-1), Sample.Start.AddHours(1)));
        Assert.Equal((1L, 0L), (report.Imported, report.Rejected));
        Assert.Equal(2, await SupportedAsync(hub));
        Assert.False(await IsSupportedAsync(hub, inside));

        // They ended before the second vehicle passed.
        report = await RunAsync(import, Feature("w1", line, Sample.Start.AddHours(-1), Sample.Start.AddMinutes(-10)));
        Assert.Equal(1L, report.Changed);
        Assert.Equal(before, await hub.SitesAsync());
        Assert.Equal(1L, (await RunAsync(import, Feature("w1", line, Sample.Start.AddHours(-1), Sample.Start.AddMinutes(-10)))).Unchanged);
    }

    [Fact]
    public async Task In_an_area_of_works_its_holes_are_no_part_of_it()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var sample = new Sample();
        var (inside, courtyard) = (Sample.Origin.MovedByM(-150, 0), Sample.Origin);
        foreach (var at in (GeoPoint[])[inside, courtyard]) await hub.ApplyAsync(sample.Shock("v1", 0, at), sample.Shock("v2", 30, at));
        var area = $$"""{"type":"Polygon","coordinates":[{{Square(200)}},{{Square(80)}}]}""";
        await RunAsync(import, Feature("a", area, Sample.Start.AddHours(-1), Sample.Start.AddHours(1)));
        Assert.Equal((false, true), (await IsSupportedAsync(hub, inside), await IsSupportedAsync(hub, courtyard)));
    }

    [Fact]
    public async Task A_replacement_ends_what_lasts_forgets_what_has_not_begun_and_keeps_what_is_over()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var now = hub.Time.GetUtcNow();
        var line = Line(Sample.Origin, Sample.Origin.MovedByM(100, 0));
        var other = Feature("x", line, now.AddDays(-1), now.AddDays(1));
        await RunAsync(import, other, layer: "utilities");
        await RunAsync(import, string.Join(',',
            Feature("over", line, now.AddDays(-3), now.AddDays(-2)), Feature("lasts", line, now.AddDays(-1), now.AddDays(1)), Feature("later", line, now.AddDays(1), now.AddDays(2))));
        var dry = await RunAsync(import, Feature("new", line, now, now.AddDays(1)), replace: true, dryRun: true);
        Assert.Equal((1L, 2L), (dry.Imported, dry.Removed));
        Assert.Equal(3, (await ZonesAsync(hub, "works")).Count);
        await RunAsync(import, Feature("new", line, now, now.AddDays(1)), replace: true);
        var zones = await ZonesAsync(hub, "works");
        Assert.Equal(["lasts", "new", "over"], zones.Select(z => z.Id));
        Assert.Equal(now.ToUnixTimeMilliseconds(), zones[0].UntilMs);
        Assert.Single(await ZonesAsync(hub, "utilities"));
    }

    [Fact]
    public async Task Times_without_a_zone_are_the_citys_and_a_day_that_ends_works_is_one_of_them()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var line = Line(Sample.Origin, Sample.Origin.MovedByM(100, 0));
        await RunAsync(import, $$"""{"type":"Feature","properties":{"id":7,"begin":"2026-11-02","ends":"2026-11-03","name":"Main St"},"geometry":{{line}}}""", said: w => w switch { "from" => "begin", "until" => "ends", _ => null });
        var zone = Assert.Single(await ZonesAsync(hub, "works"));
        Assert.Equal(("7", "Main St"), (zone.Id, zone.Label));
        // Boston is five hours behind, and the 3rd is over at the next midnight.
        Assert.Equal(("2026-11-02T05:00", "2026-11-04T05:00"), (Utc(zone.FromMs), Utc(zone.UntilMs)));
    }

    [Fact]
    public async Task What_cannot_be_works_is_told_with_its_line_and_other_events_are_passed_over()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var now = hub.Time.GetUtcNow();
        var line = Line(Sample.Origin, Sample.Origin.MovedByM(100, 0));
        string[] features =
        [
            Feature("good", line, now, now.AddDays(1)),
            Feature("detour", line, now, now.AddDays(1)).Replace("work-zone", "detour", StringComparison.Ordinal),
            Feature("good", line, now, now.AddDays(1)),
            Feature("backwards", line, now.AddDays(1), now),
            Feature("point", """{"type":"Point","coordinates":[-71.1,42.37]}""", now, now.AddDays(1)),
            Feature("bow", """{"type":"Polygon","coordinates":[[[-71.1,42.37],[-71.09,42.38],[-71.09,42.37],[-71.1,42.38],[-71.1,42.37]]]}""", now, now.AddDays(1)),
            Feature("metres", """{"type":"LineString","coordinates":[[236000.5,901000.1],[236100.5,901000.1]]}""", now, now.AddDays(1)),
            Feature("words", """{"type":"LineString","coordinates":[["a","b"],[1]]}""", now, now.AddDays(1)),
            Feature("continent", """{"type":"LineString","coordinates":[[-120,42],[-71,42]]}""", now, now.AddDays(1)),
            Feature("parts", """{"type":"MultiLineString","coordinates":[[[-71.1,42.37],[-71.09,42.37]],[[-71.08,42.37],[-71.07,42.37]]]}""", now, now.AddDays(1)),
            $$"""{"type":"Feature","id":"undated","properties":{},"geometry":{{line}}}""",
            $$"""{"type":"Feature","properties":{"start_date":"2026-01-01","end_date":"2027-01-01"},"geometry":{{line}}}""",
        ];
        var report = await RunAsync(import, string.Join(",\n", features));
        Assert.Equal((2L, 1L, 9L), (report.Imported, report.Skipped, report.Rejected));
        Assert.Equal(
            ["3 id twice", "4 date unreadable", "5 no place", "6 no place", "7 no place", "8 no place", "9 unusable value", "11 date unreadable", "12 no id"],
            report.Faults.Select(f => $"{f.Line} {f.Reason}"));
        Assert.Contains("crosses itself", report.Faults[3].Cause, StringComparison.Ordinal);
        Assert.All(report.Faults, f => Assert.NotEqual("", f.Remedy));
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(import, features[0], layer: "a\0"));
    }

    [Fact]
    public async Task Every_feature_counts_however_the_feed_is_broken_into_lines_and_each_only_once()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var now = hub.Time.GetUtcNow();
        const string parts = """{"type":"MultiLineString","coordinates":[[[-71.1,42.37],[-71.09,42.37]],[[-71.08,42.37],[-71.07,42.37]]]}""";
        var report = await RunAsync(import, Feature("a", parts, now, now.AddDays(1)) + "," + Feature("b", parts, now, now.AddDays(1)) + ","
            + Feature("none", """{"type":"MultiLineString","coordinates":[]}""", now, now.AddDays(1)));
        Assert.Equal((2L, 1L, "none"), (report.Imported, report.Rejected, report.Faults[0].Row));
    }

    [Fact]
    public async Task A_feed_that_was_cut_off_ends_nothing()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var now = hub.Time.GetUtcNow();
        var line = Line(Sample.Origin, Sample.Origin.MovedByM(100, 0));
        var (a, b) = (Feature("a", line, now, now.AddDays(1)), Feature("b", line, now.AddDays(-1), now.AddDays(1)));
        await RunAsync(import, a + "," + b);
        var report = await import.RunAsync(
            new MemoryStream(Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{a}},{{b[..40]}}""")), "cut.geojson", new FileForm(), new WorkZoneColumns(), new ImportTally(),
            replace: true, dryRun: false, Actor.Console, default);
        Assert.Equal((true, 0L, 1L), (report.IsKept, report.Removed, report.Rejected));
        Assert.Equal(now.AddDays(1).ToUnixTimeMilliseconds(), (await ZonesAsync(hub, "works"))[1].UntilMs);
    }

    [Fact]
    public async Task A_corner_at_null_island_hides_no_other_and_labels_are_cut_between_characters()
    {
        await using var hub = new DomainHub();
        using var import = Import(hub);
        var now = hub.Time.GetUtcNow();
        var line = Line(Sample.Origin, Sample.Origin.MovedByM(100, 0));
        var report = await RunAsync(import, string.Join(',',
            Feature("far", """{"type":"LineString","coordinates":[[0,0],[1e18,0]]}""", now, now.AddDays(1)),
            Feature("null", """{"type":"LineString","coordinates":[[-71.1,42.37],[0,0]]}""", now, now.AddDays(1)),
            Feature("cone", line, now, now.AddDays(1)).Replace("Paving", new string('x', 199) + "\ud83d\udea7\ud83d\udea7", StringComparison.Ordinal)));
        Assert.Equal(["far", "null"], report.Faults.Select(f => f.Row));
        Assert.All(report.Faults, f => Assert.Contains("0, 0 is no WGS 84", f.Cause, StringComparison.Ordinal));
        Assert.EndsWith("x\U0001F6A7", Assert.Single(await ZonesAsync(hub, "works")).Label, StringComparison.Ordinal);
        // Kept as it is written, so that the same file again changes nothing.
        Assert.Equal(1L, (await RunAsync(import, Feature("cone", line, now, now.AddDays(1)).Replace("Paving", new string('x', 199) + "\ud83d\udea7", StringComparison.Ordinal))).Unchanged);
    }

    [Fact]
    public void A_ring_that_a_file_left_open_is_kept_closed()
    {
        var drawn = DrawnShape.Parse("""{"type":"Polygon","coordinates":[[[-71.1,42.37],[-71.09,42.37],[-71.09,42.38]]]}""");
        Assert.Equal("""{"type":"Polygon","coordinates":[[[-71.1,42.37],[-71.09,42.37],[-71.09,42.38],[-71.1,42.37]]]}""", drawn.Text);
        Assert.Equal(0, drawn.DistanceM(drawn.Middle));
        Assert.Equal(drawn, DrawnShape.Parse(drawn.Text));
    }

    private static string Utc(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static string Line(params GeoPoint[] points) => $$"""{"type":"LineString","coordinates":[{{Points(points)}}]}""";

    private static string Square(double halfM) => $"[{Points([.. new (double East, double North)[] { (-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1) }.Select(c => Sample.Origin.MovedByM(c.East * halfM, c.North * halfM))])}]";

    private static string Points(GeoPoint[] points) => string.Join(',', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.Longitude},{p.Latitude}]")));

    private static string Feature(string id, string geometry, DateTimeOffset from, DateTimeOffset until) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":"Feature","id":"{{id}}","properties":{"core_details":{"event_type":"work-zone","description":"Paving"},"start_date":"{{from:yyyy-MM-dd'T'HH:mm:ss}}Z","end_date":"{{until:yyyy-MM-dd'T'HH:mm:ss}}Z"},"geometry":{{geometry}}}""");

    private static async Task<int> SupportedAsync(DomainHub hub) => await hub.Database.ReadAsync(c => SiteStore.Supported(c, 100).Count, default);

    private static async Task<bool> IsSupportedAsync(DomainHub hub, GeoPoint at) => await hub.Database.ReadAsync(c => SiteStore.Supported(c, 100).Exists(s => s.At.DistanceMTo(at) < 5), default);

    private static Task<List<WorkZone>> ZonesAsync(DomainHub hub, string layer) => hub.Database.ReadAsync(c => WorkZoneStore.OfLayer(c, layer), default);

    private static ImportWorkZones Import(DomainHub hub) => new(Anywhere, hub.Get<NoteSites>(), new HubOptions(), hub.Database, hub.Time);

    private static Task<ImportReport> RunAsync(
        ImportWorkZones import, string features, string? layer = null, bool replace = false, bool dryRun = false, Func<string, string?>? said = null) => import.RunAsync(
        new MemoryStream(Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{features}}]}""")), "works.geojson", new FileForm(),
        WorkZoneColumns.Of(w => w == "layer" ? layer : said?.Invoke(w)), new ImportTally(), replace, dryRun, Actor.Console, default);
}
