using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Backlog;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Hub.Tests.Backlog;

/// <summary>A city begins with the requests that it has.</summary>
public sealed class ImportRequestsTests(ITestOutputHelper output)
{
    private const string Map = """
        {"system": "old-311", "columns": {"id": "CASE", "opened": "OPEN_DT", "target": "DUE", "closed": "CLOSED_DT", "service": "TYPE", "description": "TITLE"},
         "services": {"Light out": "street-light-out", "Hole": "pothole", "Graffiti": "-"}, "times": ["MM/dd/yyyy hh:mm:ss tt"], "sources": {"Staff": "person"},
         "resolutions": {"Fixed": "repaired"}}
        """;

    private const string Head = "CASE,OPEN_DT,DUE,CLOSED_DT,status,TYPE,lat,lon,address,TITLE,source,resolution\n";

    [Fact]
    public async Task Rows_that_cannot_be_used_are_told_and_the_rest_is_imported_once()
    {
        await using var hub = Start();
        var text = Head + """
            1,11/02/2026 09:00:00 AM,11/30/2026 05:00:00 PM,,Open,Hole,42.3655,-71.1037,12 A St,deep,Web,
            2,11/02/2026 09:00:00 AM,,11/03/2026 08:59:00 AM,Closed,Hole,42.3755,-71.1037,,done,Staff,Fixed
            3,11/02/2026 09:00:00 AM,,,Open,Graffiti,42.3655,-71.1037,,,,
            4,11/02/2026 09:00:00 AM,,,Open,Tree,42.3655,-71.1037,,,,
            5,11/02/2026 09:00:00 AM,,,Open,Hole,42.1,-71.9,,,,
            6,2 November,,,Open,Hole,42.3655,-71.1037,,,,
            7,11/02/2026 09:00:00 AM,,,Perhaps,Hole,42.3655,-71.1037,,,,
            1,11/02/2026 09:00:00 AM,,,Open,Hole,42.3655,-71.1037,,,,
            8,11/02/2026 09:00:00 AM,,,Open,Hole,42.3655
            9,11/02/2026 09:00:00 AM,,,Open,Hole,,,,,,
            10,11/02/2028 09:00:00 AM,,,Open,Hole,42.3655,-71.1037,,,,
            11,11/02/2026 09:00:00 AM,,10/01/2026 09:00:00 AM,Closed,Hole,42.3655,-71.1037,,,,
            12,11/02/2026 09:00:00 AM,,,Open,Hole,42.3655,-71.1037,,"never closed,,
            13,11/02/2026 09:00:00 AM,,,Open,street-light-out,42.3700,-71.1100,,dark,,

            """ + $"14,11/02/2026 09:00:00 AM,,,Open,Hole,42.3655,-71.1037,,{new string('x', 4_001)},,\n";
        string[] expected =
        [
            "5 unknown service", "6 outside the city", "7 date unreadable", "8 unknown status", "9 id twice", "10 unequal number of columns", "11 no place", "12 date unreadable",
            "13 date unreadable", "14 quote never closed", "16 too long",
        ];
        var report = await RunAsync(hub, text, dryRun: true);
        Assert.Equal((15L, 2L, 2L, 11L), (report.Read, report.Imported, report.Skipped, report.Rejected));
        Assert.Empty(await hub.RequestsAsync());
        report = await RunAsync(hub, text);
        Assert.Equal(expected, report.Faults.OrderBy(f => f.Line).Select(f => $"{f.Line} {f.Reason}"));
        Assert.Equal((2L, 2L, 11L), (report.Imported, report.Skipped, report.Rejected));

        var requests = await hub.RequestsAsync();
        Assert.Equal(["pothole", "street-light-out"], requests.Select(r => r.Service).Order());
        var hole = requests.Single(r => r.Service == "pothole");
        // The city's own time, and the date that it promised.
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 14, 0, 0, TimeSpan.Zero), hole.OpenedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 22, 0, 0, TimeSpan.Zero), hole.TargetAt);
        Assert.Equal("resident", hole.Source);
        var ticket = await hub.Database.ReadAsync(c => TicketStore.Find(c, null, hole.Number)!, default);
        Assert.Null(ticket.Description);
        Assert.Contains("deep", await hub.HistoryAsync(hole.Number));
        Assert.Equal([new ReferenceStore.Reference("old-311", "1")], await hub.Database.ReadAsync(c => ReferenceStore.Of(c, hole.Number), default));

        report = await RunAsync(hub, text);
        Assert.Equal((0L, 0L, 2L, 2L), (report.Imported, report.Changed, report.Unchanged, report.Skipped));
        Assert.Equal(2, (await hub.RequestsAsync()).Count);

        // Closed there since: here, too, and only once.
        var later = Head + "1,11/02/2026 09:00:00 AM,,11/19/2026 10:00:00 AM,Closed,Hole,42.3655,-71.1037,12 A St,deep,Web,Fixed\n";
        Assert.Equal((0L, 1L), ((report = await RunAsync(hub, later)).Imported, report.Changed));
        Assert.Equal((0L, 0L, 1L), ((report = await RunAsync(hub, later)).Imported, report.Changed, report.Unchanged));
        Assert.Equal("closed", (await hub.RequestsAsync()).Single(r => r.Number == hole.Number).Status);
    }

    [Fact]
    public async Task Closed_ones_come_as_history_only_when_asked_for_and_are_nobodys_work()
    {
        await using var hub = Start();
        var text = Head + "2,11/02/2026 09:00:00 AM,,11/03/2026 08:59:00 AM,Closed,Hole,42.3755,-71.1037,,done,Staff,Fixed\n";
        Assert.Equal((0L, 1L), ((await RunAsync(hub, text)).Imported, 1L));
        var report = await RunAsync(hub, text, closed: true);
        Assert.Equal((1L, 0L), (report.Imported, report.Skipped));
        var ticket = await hub.Database.ReadAsync(c => TicketStore.Find(c, null, c.QuerySingle<string>("SELECT number FROM requests"))!, default);
        Assert.Equal(("closed", "repaired", "person"), (ticket.Status, ticket.ResolutionCode, ticket.Source));
        Assert.Equal(new DateTimeOffset(2026, 11, 3, 13, 59, 0, TimeSpan.Zero), ticket.ClosedAt);
        Assert.Null(ticket.AlertAt);
        Assert.Equal(0, await hub.CountAsync("SELECT COUNT(*) FROM event_pending"));
        Assert.Equal(1, (await RunAsync(hub, text, closed: true)).Unchanged);
    }

    [Fact]
    public async Task What_was_late_long_ago_raises_no_storm_of_alerts()
    {
        await using var hub = Start();
        await RunAsync(hub, Head + "1,01/02/2026 09:00:00 AM,01/09/2026 09:00:00 AM,,Open,Hole,42.3655,-71.1037,,,,\n");
        var ticket = await hub.Database.ReadAsync(c => TicketStore.Find(c, null, c.QuerySingle<string>("SELECT number FROM requests"))!, default);
        Assert.Equal(3, ticket.Escalated);
        Assert.Null(ticket.AlertAt);
        Assert.True(ticket.TargetAt < hub.Time.GetUtcNow());
    }

    [Fact]
    public async Task The_place_that_stands_for_somewhere_is_known_from_the_first_row_on()
    {
        await using var hub = Start();
        var rows = Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},11/02/2026 09:{i:00}:00 AM,,,Open,Hole,42.3655,-71.1037,{i} A St,,,"));
        await RunAsync(hub, Head + string.Join('\n', rows));
        var requests = await hub.RequestsAsync();
        Assert.Equal(20, requests.Count);
        Assert.All(requests, r => Assert.True(r is { Parent: null, PlaceDoubtful: true }));
        // Whoever reports that place tomorrow is as lost.
        Assert.True(await hub.CountAsync("SELECT reports FROM request_points") >= 20);
    }

    [Fact]
    public async Task A_repeated_report_follows_the_older_one_under_its_own_number()
    {
        await using var hub = Start();
        await RunAsync(hub, Head + """
            1,11/02/2026 09:00:00 AM,,,Open,Hole,42.3655,-71.1037,12 Main St,,,
            2,11/02/2026 10:00:00 AM,,,Open,Hole,42.36551,-71.1037,12 Main St,,,
            """);
        var requests = await hub.RequestsAsync();
        Assert.Equal(requests[0].Number, requests[1].Parent);
    }

    [Theory]
    [InlineData("CASE,OPEN_DT\n1,2\n", null, "no column for service ('TYPE'), lat ('lat'), lon ('lon')")]
    [InlineData("", null, "the file is empty")]
    [InlineData("CASE\n1\n", """{"columns": {"nr": "CASE"}, "services": {"a": "none"}, "times": ["nothing"], "sources": {"x": "y"}}""", "'nr' is none of")]
    [InlineData("CASE\n1\n", """{"column": {}}""", "column")]
    public async Task A_mistake_in_the_map_or_the_head_stops_the_import_before_it_begins(string text, string? map, string expected)
    {
        await using var hub = Start();
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(hub, text, map: map ?? Map));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        if (expected.Contains("'nr'", StringComparison.Ordinal)) Assert.Equal(5, fault.Message.Split('\n').Length);
        Assert.Empty(await hub.RequestsAsync());
    }

    [BostonTheory]
    [Trait("Data", "Real")]
    [InlineData("street_light_outages_2015.csv", 1_188)]
    [InlineData("general_lighting_2015.csv", 261)]
    [InlineData("pothole_repair_internal_2015.csv", 0)]
    [InlineData("bwsc_pothole_2015.csv", 0)]
    public async Task A_year_of_Boston_s_requests_comes_in_and_a_second_time_changes_nothing(string file, int open)
    {
        await using var hub = Start(new DistrictsOptions { File = "" });
        var path = Path.Combine(BostonTheoryAttribute.Folder, file);
        await using var first = File.OpenRead(path);
        var how = new ImportRequests.Wanted(file, new FileForm(), "Cities/boston-ma/requests.map.json", Closed: open == 0);
        var report = await hub.Get<ImportRequests>().RunAsync(first, how, new ImportTally(), Actor.Console, default);
        output.WriteLine($"{file}: {report.Read} rows, {report.Imported} imported, {report.Skipped} passed over, {report.Rejected} rejected {string.Join(", ", report.Reasons)}");
        Assert.True(report.Rejected <= report.Read / 100, $"{report.Rejected} rejected");
        if (open > 0) Assert.Equal(open, report.Imported + report.Faults.Count(f => f.Reason != RowReason.Date));
        var linked = await hub.CountAsync("SELECT COUNT(*) FROM requests r JOIN request_points p ON p.lat=r.point_lat AND p.lon=r.point_lon WHERE p.reports>=1000 AND r.parent IS NOT NULL");
        Assert.Equal(0, linked);
        await using var again = File.OpenRead(path);
        var second = await hub.Get<ImportRequests>().RunAsync(again, how, new ImportTally(), Actor.Console, default);
        Assert.Equal((0L, 0L, report.Imported), (second.Imported, second.Changed, second.Unchanged));
    }

    private static DomainHub Start(DistrictsOptions? districts = null) => TicketsHub.Start(services =>
    {
        if (districts is not null) services.AddDistricts(districts);
        services.AddBacklog(new BacklogOptions());
    });

    private static async Task<ImportReport> RunAsync(DomainHub hub, string text, bool dryRun = false, bool closed = false, string map = Map)
    {
        var file = Path.Combine(hub.Database.Folder, "map.json");
        await File.WriteAllTextAsync(file, map);
        return await hub.Get<ImportRequests>().RunAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), new ImportRequests.Wanted("old.csv", new FileForm(), file, dryRun, closed), new ImportTally(), Actor.Console, default);
    }
}
