using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace ThreeOneOne.Field.Hub.Tests.Sites;

/// <summary>What people say of places, before any vehicle and beside them.</summary>
public sealed class SiteNoteTests
{
    private static readonly long StartMs = Sample.Start.ToUnixTimeMilliseconds();

    [Fact]
    public async Task What_is_felt_in_works_says_nothing_while_they_last_and_as_much_as_ever_when_there_were_none()
    {
        await using var hub = new DomainHub();
        var sample = new Sample();
        await hub.ApplyAsync(sample.Shock("v1", 0, Sample.Origin), sample.Shock("v2", 30, Sample.Origin));
        var before = await hub.SitesAsync();
        Assert.True(await SupportedAsync(hub));

        await NoteAsync(hub, "danger:1", new SiteNote("danger:1", SiteNoteKind.Works, Sample.Origin.MovedByM(40, 0), StartMs - 1, StartMs + 40 * 60_000));
        Assert.False(await SupportedAsync(hub));
        // They ended between the two.
        await NoteAsync(hub, "danger:1", new SiteNote("danger:1", SiteNoteKind.Works, Sample.Origin.MovedByM(40, 0), StartMs - 1, StartMs + 10 * 60_000));
        Assert.False(await SupportedAsync(hub));
        await hub.ApplyAsync(sample.Shock("v3", 60, Sample.Origin));
        Assert.True(await SupportedAsync(hub));

        await NoteAsync(hub, "danger:1", new SiteNote("danger:1", SiteNoteKind.Works, Sample.Origin.MovedByM(70, 0), StartMs - 1, StartMs + 10 * 60_000));
        await NoteAsync(hub, "danger:1", null);
        Assert.StartsWith(before[0].Split(' ')[0], (await hub.SitesAsync())[0], StringComparison.Ordinal);
        Assert.Equal(3, (await SiteAsync(hub)).For);
    }

    [Fact]
    public async Task An_open_report_makes_of_weak_shocks_its_evidence_and_takes_it_back_when_it_closes()
    {
        await using var hub = TicketsHub.Start();
        var sample = new Sample();
        await hub.ApplyAsync(Weak(sample));
        Assert.False(await SupportedAsync(hub));
        await OpenAsync(hub, Sample.Origin.MovedByM(60, 0));
        Assert.False(await SupportedAsync(hub));

        var ticket = await OpenAsync(hub, Sample.Origin.MovedByM(12, 0));
        Assert.True(await SupportedAsync(hub));
        await hub.ReactAsync();
        Assert.Equal(2, (await FindAsync(hub, ticket.Number)).EvidenceFor);

        await CloseAsync(hub, ticket.Number);
        Assert.False(await SupportedAsync(hub));
        await hub.ReactAsync();
        Assert.DoesNotContain(await hub.RequestsAsync(), r => r is { Source: "sensor", Status: "open" });
    }

    [Theory]
    [InlineData(22, true)]
    [InlineData(28, false)]
    public async Task A_report_at_the_house_is_of_the_pothole_in_its_street(double alongM, bool joins)
    {
        await using var hub = TicketsHub.Start(services => services.AddSingleton(new StreetMap(
            [new StreetSegment("s1", "Main St", 3, null, null, null, null, [Sample.Origin.MovedByM(-100, 0), Sample.Origin.MovedByM(100, 0)])], [], new StreetsOptions())));
        var ticket = await OpenAsync(hub, Sample.Origin.MovedByM(alongM, 0));
        var sample = new Sample();
        await hub.ApplyAsync(sample.Shock("v1", 0, Sample.Origin), sample.Shock("v2", 30, Sample.Origin));
        await hub.ReactAsync();
        Assert.Equal(joins ? 1 : 2, (await hub.RequestsAsync()).Count);
        Assert.Equal(joins ? 2 : 0, (await FindAsync(hub, ticket.Number)).EvidenceFor);
        // One more pass regroups and leaves it so.
        await hub.ApplyAsync(sample.Shock("v3", 60, Sample.Origin));
        await hub.ReactAsync();
        Assert.Equal(joins ? 3 : 0, (await FindAsync(hub, ticket.Number)).EvidenceFor);
    }

    [Theory]
    [InlineData(42.3736, -71.1097)]
    [InlineData(-33.86, 151.2)]
    [InlineData(0.00001, -0.00001)]
    public async Task The_migration_to_coarse_cells_finds_the_cell_of_each_place(double lat, double lon)
    {
        await using var hub = new DomainHub();
        var dialect = TestStorage.IsPostgres ? "postgres" : "sqlite";
        var assembly = typeof(Database).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.Contains(dialect, StringComparison.Ordinal) && n.EndsWith("0361_site_note_cells.sql", StringComparison.Ordinal));
        using var file = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var formula = (await file.ReadToEndAsync()).Split("(cell, source) SELECT ")[1].Split(", source FROM")[0];
        var fine = Grid.Cell(new GeoPoint(lat, lon), Grid.Fine);
        var coarse = await hub.Database.ReadAsync(c => Dapper.SqlMapper.QuerySingle<long>(c, $"SELECT {formula} FROM (SELECT CAST(@fine AS bigint) AS cell) AS notes", new { fine }), default);
        Assert.Equal(Grid.Cell(new GeoPoint(lat, lon), Grid.Coarse), coarse);
    }

    private static StoredRecord[] Weak(Sample sample) => [sample.Shock("v1", 0, Sample.Origin, 0.3), sample.Shock("v2", 30, Sample.Origin, 0.3)];

    private static Task<Ticket> OpenAsync(DomainHub hub, GeoPoint at) => hub.Database.WriteAsync(
        scope => hub.Get<OpenTicket>().Open(scope, new NewRequest { Service = "pothole", At = at, Source = "resident", Who = "Web", Why = "Reported" }), WritePriority.Interactive, default);

    private static Task CloseAsync(DomainHub hub, string number) => hub.Database.WriteAsync(
        scope =>
        {
            var ticket = TicketStore.Find(scope, number)!;
            hub.Get<ChangeTicket>().Save(scope, ticket, ticket with { Status = Ticket.Closed }, "Dee", "Nothing found");
        }, WritePriority.Interactive, default);

    private static async Task<Ticket> FindAsync(DomainHub hub, string number) => (await hub.Database.ReadAsync(c => TicketStore.Find(c, null, number), default))!;

    private static Task NoteAsync(DomainHub hub, string source, SiteNote? note) =>
        hub.Database.WriteAsync(scope => hub.Get<NoteSites>().Set(scope, source, note), WritePriority.Interactive, default);

    private static async Task<bool> SupportedAsync(DomainHub hub) => (await SiteAsync(hub)).Supported;

    private static Task<Site> SiteAsync(DomainHub hub) =>
        hub.Database.ReadAsync(c => SiteStore.Find(c, Dapper.SqlMapper.QuerySingle<string>(c, "SELECT id FROM sites"))!, default);
}
