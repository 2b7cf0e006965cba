using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.StreetLights;

public sealed class NeverBurnedTests
{
    private const double Night = 24 * 60;
    private static readonly SitesOptions Rules = new();

    private readonly Sample sample = new();

    [Fact]
    public async Task A_light_that_nobody_saw_burning_is_listed_and_makes_no_request()
    {
        await using var hub = TicketsHub.Start(sites: Rules);
        await DriveAsync(hub, Pass("v1", 0, LampVerdict.Dark), Pass("v2", 30, LampVerdict.Dark));

        Assert.Empty(await hub.RequestsAsync());
        Assert.Equal("p3", Assert.Single(await ListedAsync(hub)));
    }

    [Fact]
    public async Task Once_it_was_seen_burning_the_same_passes_make_one()
    {
        await using var hub = TicketsHub.Start(sites: Rules);
        await DriveAsync(hub, Pass("v1", 0, LampVerdict.Lit), Pass("v2", 30, LampVerdict.Lit));
        await DriveAsync(hub, Pass("v1", Night, LampVerdict.Dark), Pass("v2", Night + 30, LampVerdict.Dark));

        var request = await hub.OnlyRequestAsync();
        Assert.Equal("open", request.Status);
        Assert.EndsWith("sensor evidence: 2 passes found it dark, 2 saw it burn at other times", Assert.Single(await hub.HistoryAsync(request.Number)), StringComparison.Ordinal);
        Assert.Empty(await ListedAsync(hub));
    }

    [Fact]
    public async Task What_a_resident_says_of_the_pole_the_passes_bear_out()
    {
        await using var hub = TicketsHub.Start(sites: Rules);
        await DriveAsync(hub, Pass("v1", 0, LampVerdict.Dark), Pass("v2", 30, LampVerdict.Dark));
        var report = new NewRequest { Service = ServiceCode.StreetLight, At = Pole, Source = "resident", Who = "Web", Why = "Reported" };
        await hub.Database.WriteAsync(scope => hub.Get<ReportRequest>().Do(scope, report), WritePriority.Interactive, default);
        await DriveAsync(hub, Pass("v1", Night, LampVerdict.Dark));

        var request = await hub.OnlyRequestAsync();
        Assert.Equal((3, "open", "resident"), (request.EvidenceFor, request.Status, request.Source));
    }

    [Fact]
    public async Task A_light_that_burned_before_all_that_is_looked_at_stays_out()
    {
        await using var hub = TicketsHub.Start(sites: new SitesOptions { MostEvidence = 16 });
        await DriveAsync(hub, Pass("v1", 0, LampVerdict.Lit), Pass("v2", 30, LampVerdict.Lit));
        for (var night = 1; night <= 20; night++) await DriveAsync(hub, Pass(night % 2 == 0 ? "v1" : "v2", night * Night, LampVerdict.Dark));

        Assert.Equal("open", (await hub.OnlyRequestAsync()).Status);
        Assert.Empty(await ListedAsync(hub));
    }

    [Fact]
    public async Task A_person_who_looks_takes_it_off_the_list_for_good()
    {
        await using var hub = TicketsHub.Start(sites: Rules);
        await DriveAsync(hub, Pass("v1", 0, LampVerdict.Dark), Pass("v2", 30, LampVerdict.Dark));
        await LookAsync(hub, burns: true);
        Assert.Empty(await ListedAsync(hub));

        var later = (hub.Time.GetUtcNow() - Sample.Start).TotalMinutes + Night;
        await DriveAsync(hub, Pass("v1", later, LampVerdict.Dark), Pass("v2", later + 30, LampVerdict.Dark), Pass("v1", later + Night, LampVerdict.Dark));
        Assert.Empty(await ListedAsync(hub));
        Assert.Empty(await hub.RequestsAsync());

        await LookAsync(hub, burns: false);
        Assert.Equal("p3", Assert.Single(await ListedAsync(hub)));
    }

    private static GeoPoint Pole => Sample.Origin.MovedByM(3 * 25, 200);

    private StoredRecord Pass(string vehicle, double minute, LampVerdict verdict) => sample.Lamp(vehicle, minute, "p3", Pole, verdict);

    private static async Task DriveAsync(DomainHub hub, params StoredRecord[] passes)
    {
        await hub.ApplyAsync(passes);
        await hub.ReactAsync();
    }

    private static async Task LookAsync(DomainHub hub, bool burns)
    {
        await hub.Database.WriteAsync(
            scope => LookAtLight.Set(scope, hub.Poles.Find("p3")!, burns, hub.Get<MarkSites>(), hub.Get<RefoldLights>()), WritePriority.Interactive, default);
        await hub.ReactAsync();
    }

    private static Task<List<string>> ListedAsync(DomainHub hub) =>
        hub.Database.ReadAsync(c => StreetLightStore.States(c).Where(s => s.Value == PoleState.NeverBurned).Select(s => s.Key).Order(StringComparer.Ordinal).ToList(), default);
}
