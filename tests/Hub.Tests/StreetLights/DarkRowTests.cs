using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.StreetLights;

public sealed class DarkRowTests
{
    private const double Night = 24 * 60;

    private readonly Sample sample = new();

    [Fact]
    public async Task Lights_that_go_dark_in_a_row_are_one_request_that_names_them()
    {
        await using var hub = TicketsHub.Start();
        foreach (var pole in new[] { 2, 3, 4, 5 }) await Drive(hub, Passes(pole, LampVerdict.Lit, 0));
        foreach (var pole in new[] { 2, 3, 4, 5 }) await Drive(hub, Passes(pole, LampVerdict.Dark, Night));

        var open = Assert.Single(await hub.RequestsAsync(), r => r.Status == Ticket.Open);
        Assert.Equal(4, await hub.CountAsync($"SELECT COUNT(*) FROM request_sites WHERE request='{open.Number}'"));
        Assert.Equal("4 street lights in a row are dark, most likely one fault of what feeds them. Poles: p2, p3, p4, p5", await DescriptionAsync(hub, open.Number));
    }

    [Fact]
    public async Task Two_dark_neighbours_are_two_requests()
    {
        await using var hub = TicketsHub.Start();
        await Drive(hub, [.. Passes(3, LampVerdict.Dark, 0), .. Passes(4, LampVerdict.Dark, 0)]);

        Assert.Equal(2, (await hub.RequestsAsync()).Count(r => r.Status == Ticket.Open));
    }

    [Fact]
    public async Task A_light_that_burned_after_the_others_were_dark_is_a_fault_of_its_own()
    {
        await using var hub = TicketsHub.Start();
        foreach (var pole in new[] { 2, 3, 5 }) await Drive(hub, Passes(pole, LampVerdict.Dark, 0));
        await Drive(hub, Passes(4, LampVerdict.Lit, Night));
        await Drive(hub, Passes(4, LampVerdict.Dark, 3 * Night));

        var open = (await hub.RequestsAsync()).Where(r => r.Status == Ticket.Open).ToList();
        Assert.Equal(2, open.Count);
        Assert.Contains(open, r => r.Pole == "p4");
    }

    [Fact]
    public async Task A_crew_that_mends_a_row_mends_every_light_of_it()
    {
        await using var hub = TicketsHub.Start();
        foreach (var pole in new[] { 2, 3, 4 }) await Drive(hub, Passes(pole, LampVerdict.Dark, 0));
        var open = Assert.Single(await hub.RequestsAsync(), r => r.Status == Ticket.Open);
        var worked = Sample.Start.AddMinutes(Night).ToUnixTimeMilliseconds();
        await hub.Database.WriteAsync(
            scope => hub.Get<FollowWork>().Apply(
                scope, new LinkedOrder("wo1", open.Number, "WO-26-000001", "field-complete", "c1", "Crew 1", "v9", scope.Now), "Crew 1", "field-complete",
                new WorkFinding(Repaired: true, worked, worked, Replay: false)), WritePriority.Interactive, default);
        await hub.ReactAsync();

        Assert.Equal(3, await hub.CountAsync("SELECT COUNT(*) FROM site_marks WHERE kind='lamp'"));
        Assert.Equal(0, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE supported=1"));
    }

    private static async Task Drive(DomainHub hub, params Hub.Ingest.StoredRecord[] passes)
    {
        await hub.ApplyAsync(passes);
        await hub.ReactAsync();
    }

    // Two vehicles, half an hour apart.
    private Hub.Ingest.StoredRecord[] Passes(int pole, LampVerdict verdict, double minute) =>
        [sample.Lamp("v1", minute + pole, $"p{pole}", Pole(pole), verdict), sample.Lamp("v2", minute + 30 + pole, $"p{pole}", Pole(pole), verdict)];

    private static GeoPoint Pole(int i) => Sample.Origin.MovedByM(i * 25, 200);

    private static Task<string?> DescriptionAsync(DomainHub hub, string number) =>
        hub.Database.WriteAsync(scope => TicketStore.Find(scope, number)!.Description, WritePriority.Interactive, default);
}
