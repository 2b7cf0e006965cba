using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Hazards;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Hazards;

public sealed class HazardTests
{
    private static readonly Uri List = new("/api/hazards", UriKind.Relative);

    [Fact]
    public async Task What_one_crew_reports_goes_to_every_crewed_vehicle_without_a_name_until_it_says_that_it_holds_it()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("unit-7");
        await hub.RegisterAsync("bus-1", VehicleKind.SensorOnly);
        await hub.RegisterAsync("unit-old");
        Online(hub, "unit-7", 0);
        Online(hub, "bus-1", 0);
        hub.Broker.ToLive(StatusTopic("unit-old"), Sample.Encode(new VehicleStatus { Online = true }));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Report(1, "press-1", HazardKind.WireDown)));

        await Support.Eventually.TrueAsync(() => Sent(hub).Count >= 2, "it is sent again without an answer");
        Assert.All(Sent(hub), s => Assert.Equal("unit-7", Topic.TryParse(s.Topic)!.Vehicle));
        var state = Sent(hub)[0].State;
        var copy = Assert.Single(state.Hazards);
        Assert.Equal((HazardCopy.IdOf("press-1"), HazardKind.WireDown, Sample.Place), (copy.Id, copy.Kind, copy.At));
        Assert.Equal(TimeSpan.FromHours(12), copy.Until - copy.Since);
        var said = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Default.HazardsState));
        Assert.All([Sample.Duty.Crew, Sample.Duty.Member!, Sample.Vehicle, "press-1", Sample.Duty.Shift], word => Assert.DoesNotContain(word, said, StringComparison.Ordinal));

        Online(hub, "unit-7", state.StateVersion, state.Era);
        await hub.DrainedAsync();
        using var end = await hub.Client.PostAsync(new Uri($"/api/hazards/{copy.Id}/end", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
        await Support.Eventually.TrueAsync(() => Sent(hub).Any(s => s.State.StateVersion > state.StateVersion), "the end goes down");
        Assert.Empty(Sent(hub).Last().State.Hazards);
        Assert.Contains(await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 10), default), a => a is { Action: "hazard.end" } && a.Subject == copy.Id);
    }

    [Fact]
    public async Task Several_reports_of_one_danger_are_one_and_end_together()
    {
        await using var hub = await StartAsync();
        var near = Sample.Place.MovedByM(25, 0).Rounded();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Report(1, "a", HazardKind.Ice), Report(2, "b", HazardKind.Ice, near, Sample.Time.AddMinutes(5)), Report(3, "c", HazardKind.Dog)));
        await hub.DrainedAsync();

        var items = await StandingAsync(hub);
        Assert.Equal(2, items.Count);
        var ice = items.Single(h => h.Kind == HazardKind.Ice);
        Assert.Equal((HazardCopy.IdOf("b"), 2, "Paving Alpha", Sample.Vehicle), (ice.Id, ice.Reports, ice.CrewName, ice.Vehicle));

        using var end = await hub.Client.PostAsync(new Uri($"/api/hazards/{ice.Id}/end", UriKind.Relative), null);
        Assert.Equal(HazardKind.Dog, Assert.Single(await StandingAsync(hub)).Kind);
        using var again = await hub.Client.PostAsync(new Uri($"/api/hazards/{ice.Id}/end", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using var unknown = await hub.Client.PostAsync(new Uri("/api/hazards/hz-none/end", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var all = (await hub.Client.GetFromJsonAsync<ReadHazards.HazardPage>("/api/hazards?all=true"))!.Items;
        Assert.Equal(3, all.Count);
        Assert.Equal(2, all.Count(h => h.EndedAt is not null));
    }

    [Fact]
    public async Task What_the_crew_took_back_is_over_whichever_came_first_and_what_is_sent_again_counts_once()
    {
        await using var hub = await StartAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Report(1, "a", HazardKind.Gas)));
        await hub.DrainedAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Action(2, new CrewAction { Id = "u1", Kind = CrewActionKind.Undo, Undoes = "a" })));
        // As the work orders keep it when it comes before what it takes back.
        await hub.Database.WriteAsync(scope =>
        {
            OrderEventStore.Add(scope, new OrderEvent { Vehicle = Sample.Vehicle, Epoch = "00112233445566aa", Seq = 9, Kind = OrderEventKind.Undo, AtMs = 5, FixMs = 5, DeviceMs = 5, Action = "u2", Undoes = "b" });
            return true;
        }, WritePriority.Interactive, default);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Report(3, "b", HazardKind.Gas), Report(4, "a", HazardKind.Gas)));
        await hub.DrainedAsync();

        Assert.Empty(await StandingAsync(hub));
        Assert.Equal(2, (await hub.Client.GetFromJsonAsync<ReadHazards.HazardPage>("/api/hazards?all=true"))!.Items.Count);
    }

    [Fact]
    public async Task A_report_that_comes_days_late_is_kept_and_told_nobody()
    {
        await using var hub = await StartAsync();
        Online(hub, Sample.Vehicle, 0);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Report(1, "a", HazardKind.Ice, time: Sample.Time.AddDays(-3))));
        await hub.DrainedAsync();

        Assert.Empty(await StandingAsync(hub));
        Assert.Single((await hub.Client.GetFromJsonAsync<ReadHazards.HazardPage>("/api/hazards?all=true"))!.Items);
        Assert.Empty(Sent(hub));
    }

    [Fact]
    public async Task The_office_reports_by_telephone_once_per_press_and_hears_what_is_wrong()
    {
        await using var hub = await StartAsync();
        var body = new { clientId = "press-1", kind = HazardKind.TreeDown, lat = 42.37, lon = -71.11 };
        using var first = await hub.Client.PostAsJsonAsync(List, body);
        using var second = await hub.Client.PostAsJsonAsync(List, body);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        var only = Assert.Single(await StandingAsync(hub));
        Assert.Equal((HazardKind.TreeDown, "test", null), (only.Kind, only.Who, only.Crew));

        using var wrong = await hub.Client.PostAsJsonAsync(List, new { kind = "dragon", lat = 0, lon = 0 });
        var errors = (await wrong.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(["clientId", "kind", "lat"], errors.EnumerateObject().Select(e => e.Name).Order());
    }

    [Fact]
    public void Groups_are_the_same_whatever_the_order_of_reports()
    {
        const int seed = 311;
        var random = new Random(seed);
        var reports = Enumerable.Range(0, 40).Select(i => new HazardReport
        {
            Id = $"r{i}", Kind = HazardKind.All[i % 2], At = Sample.Place.MovedByM(random.Next(200), random.Next(200)), AtMs = random.Next(10), UntilMs = 100 + i, ReceivedMs = i,
        }).ToArray();
        string Told(IEnumerable<HazardReport> of) => JsonSerializer.Serialize(HazardGroup.Of(of, 40).Select(g => g.ToCopy()));
        var expected = Told(reports);
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(reports);
            Assert.Equal(expected, Told(reports));
        }
    }

    [Fact]
    public async Task Works_on_the_road_are_noted_where_shocks_are_judged_until_they_end()
    {
        await using var hub = await StartAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Report(1, "works", HazardKind.WorkZone), Report(2, "dog", HazardKind.Dog)));
        await hub.DrainedAsync();
        var note = Assert.Single(await NotesAsync(hub));
        Assert.Equal((SiteNoteKind.Works, Sample.Time.ToUnixTimeMilliseconds()), (note.Kind, note.FromMs));
        Assert.Equal(TimeSpan.FromDays(14), TimeSpan.FromMilliseconds(note.UntilMs - note.FromMs));

        using var end = await hub.Client.PostAsync(new Uri($"/api/hazards/{HazardCopy.IdOf("works")}/end", UriKind.Relative), null);
        Assert.True(Assert.Single(await NotesAsync(hub)).UntilMs < note.UntilMs);

        // What a crew takes back never was.
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(
            Report(3, "plates", HazardKind.SteelPlates), Action(4, new CrewAction { Id = "undo", Kind = CrewActionKind.Undo, Undoes = "plates" })));
        await hub.DrainedAsync();
        Assert.Single(await NotesAsync(hub));
    }

    private static Task<List<SiteNote>> NotesAsync(TestHub hub) =>
        hub.Database.ReadAsync(c => SiteNoteStore.Near(new ObservationStore.Read(c, null, WithDetail: false), Sample.Place, 10), default);

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync(change: services =>
        {
            services.AddClockRepairs(new IngestOptions());
            services.AddCrews();
            services.AddSingleton<PoleIndex>();
            services.AddSingleton<RoadStructureIndex>();
            services.AddSites(new SitesOptions());
            services.AddHazards(new HazardsOptions { ResendSeconds = 1 });
        }, map: app =>
        {
            app.MapCrews();
            app.MapHazards();
        });
        await hub.RegisterAsync();
        using var crew = await hub.Client.PostAsJsonAsync("/api/crews", new { id = Sample.Duty.Crew, name = "Paving Alpha", members = new[] { Sample.Duty.Member } });
        Assert.Equal(HttpStatusCode.Created, crew.StatusCode);
        return hub;
    }

    private static WireRecord Report(long seq, string id, string kind, GeoPoint? at = null, DateTimeOffset? time = null) =>
        Action(seq, new CrewAction { Id = id, Kind = CrewActionKind.Hazard, At = at ?? Sample.Place, Hazard = kind }, time);

    private static WireRecord Action(long seq, CrewAction action, DateTimeOffset? time = null) => new() { Seq = seq, Stamp = Sample.Stamp(seq, time), Duty = Sample.Duty, Action = action };

    private static string StatusTopic(string vehicle) => new Topic("cambridge-ma", vehicle, Lane.Status).ToString();

    private static void Online(TestHub hub, string vehicle, long version, string? era = null) =>
        hub.Broker.ToLive(StatusTopic(vehicle), Sample.Encode(new VehicleStatus { Online = true, HazardsVersion = version, HazardsEra = era }));

    private static async Task<IReadOnlyList<Hazard>> StandingAsync(TestHub hub) => (await hub.Client.GetFromJsonAsync<ReadHazards.HazardPage>(List))!.Items;

    private static List<(string Topic, HazardsState State)> Sent(TestHub hub) =>
        [.. hub.Broker.Published.Where(m => Topic.TryParse(m.Topic)?.Lane == Lane.Hazards).Select(m => (m.Topic, WireCodec.Decode(m.Payload, WireJson.Default.HazardsState)))];
}
