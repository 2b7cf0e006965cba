using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class DuplicateTests
{
    private const string Text = "deep hole in front of the library";

    private readonly Sample sample = new();

    [Fact]
    public async Task A_second_report_of_a_pothole_has_its_own_number_and_follows_the_first()
    {
        await using var hub = TicketsHub.Start();
        var first = await ReportAsync(hub, Sample.Origin, Text);
        var second = await ReportAsync(hub, Sample.Origin.MovedByM(12, 0), "a deep hole, library side");
        Assert.NotEqual(first.Number, second.Number);
        Assert.Equal((first.Number, "open", "received"), (second.Parent, second.Status, second.Stage));
        Assert.Equal(1, (await FindAsync(hub, first.Number)).Reports);

        await DecideAsync(hub, d => scope => d.Resolve(scope, first.Number, "Dee", null, "no-action"));
        second = await FindAsync(hub, second.Number);
        Assert.Equal(("closed", "resolved", "no-action"), (second.Status, second.Stage, second.ResolutionCode));
        await DecideAsync(hub, d => scope => d.Reopen(scope, first.Number, "Dee", null));
        Assert.Equal("open", (await FindAsync(hub, second.Number)).Status);
        var read = await hub.Database.ReadAsync(c => TicketReading.UpdatesOf(c, [second.Number]).Select(u => u.Text).ToList(), default);
        Assert.Equal(2, read.Count);
        Assert.DoesNotContain(read, text => text.Contains("Dee", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pothole", 12, Text, "graffiti")]
    [InlineData("pothole", 70, Text, "pothole")]
    [InlineData("pothole", 12, "broken glass everywhere", "pothole")]
    public async Task What_may_be_another_defect_stands_alone(string service, double east, string text, string other)
    {
        await using var hub = TicketsHub.Start();
        await ReportAsync(hub, Sample.Origin, Text, service);
        Assert.Null((await ReportAsync(hub, Sample.Origin.MovedByM(east, 0), text, other)).Parent);
    }

    [Fact]
    public async Task A_reporter_who_says_that_it_is_another_one_is_believed()
    {
        await using var hub = TicketsHub.Start();
        await ReportAsync(hub, Sample.Origin, Text);
        var other = await hub.Database.WriteAsync(scope => hub.Get<ReportRequest>().Do(scope, New(Sample.Origin, Text), separate: true), WritePriority.Interactive, default);
        Assert.Null(other.Parent);
    }

    [Fact]
    public async Task Reports_of_one_light_follow_each_other_and_of_the_next_light_do_not()
    {
        await using var hub = TicketsHub.Start();
        var first = await ReportAsync(hub, Pole(3).MovedByM(4, 0), null, "street-light-out");
        var same = await ReportAsync(hub, Pole(3).MovedByM(-3, 2), null, "street-light-out");
        var next = await ReportAsync(hub, Pole(4), null, "street-light-out");
        Assert.Equal((first.Number, "p3"), (same.Parent, same.Pole));
        Assert.Equal((null, "p4"), (next.Parent, next.Pole));
    }

    [Fact]
    public async Task A_report_near_what_sensors_found_that_says_nothing_more_is_left_to_a_person()
    {
        await using var hub = TicketsHub.Start();
        var sensed = await hub.Database.WriteAsync(scope => hub.Get<OpenTicket>().Open(scope, New(Sample.Origin, null) with { Source = "sensor" }), WritePriority.Interactive, default);
        var report = await hub.Database.WriteAsync(
            scope => hub.Get<ReportRequest>().Do(scope, New(Sample.Origin.MovedByM(8, 0), Text)), WritePriority.Interactive, default);
        // Neither text nor street says that it is the same hole: a person may.
        Assert.Null(report.Parent);
        var found = await hub.Database.ReadAsync(c => DuplicateSearch.Find(c, null, report, hub.Get<Hub.Catalogue.ServiceCatalogue>(), hub.Get<TicketsOptions>(), false), default);
        Assert.Equal((sensed.Number, Sameness.Maybe), (Assert.Single(found).Other.Number, found[0].Verdict.Sameness));
    }

    [Fact]
    public async Task What_sensors_found_and_nobody_accepted_becomes_the_reports_evidence()
    {
        await using var hub = TicketsHub.Start();
        var sensed = await hub.Database.WriteAsync(
            scope => hub.Get<OpenTicket>().Open(scope, New(Pole(3), null, "street-light-out") with { Source = "sensor", Stage = "review" }), WritePriority.Interactive, default);
        Assert.False(sensed.IsPublic);
        var report = await ReportAsync(hub, Pole(3), null, "street-light-out");
        Assert.Null(report.Parent);
        Assert.Equal("withdrawn", (await FindAsync(hub, sensed.Number)).Status);
    }

    [Fact]
    public async Task Undoing_a_merge_restores_both()
    {
        await using var hub = TicketsHub.Start();
        var parent = await ReportAsync(hub, Sample.Origin, Text);
        await hub.ApplyAsync(sample.Shock("v1", 10, Sample.Origin.MovedByM(300, 0)), sample.Shock("v2", 40, Sample.Origin.MovedByM(300, 0)));
        await hub.ReactAsync();
        var child = (await hub.RequestsAsync()).Single(r => r.Number != parent.Number).Number;
        var before = (await FindAsync(hub, parent.Number), await FindAsync(hub, child));
        Assert.Equal(2, before.Item2.EvidenceFor);

        await LinkAsync(hub, child, parent.Number);
        Assert.Equal((2, 1), ((await FindAsync(hub, parent.Number)).EvidenceFor, (await FindAsync(hub, parent.Number)).Reports));
        Assert.Equal(0, (await FindAsync(hub, child)).EvidenceFor);
        hub.Time.Step(TimeSpan.FromHours(1));
        await UnlinkAsync(hub, child);

        var after = (await FindAsync(hub, parent.Number), await FindAsync(hub, child));
        Assert.Equal(Core(before.Item1), Core(after.Item1));
        Assert.Equal(Core(before.Item2), Core(after.Item2));
        Assert.Equal(1, await hub.CountAsync($"SELECT COUNT(*) FROM request_sites WHERE request='{child}'"));

        static Ticket Core(Ticket t) => t with { Version = 0, UpdatedAt = default, SeenChangeAt = null };
    }

    [Fact]
    public async Task A_report_of_what_turns_out_to_be_another_requests_defect_goes_on_with_that()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(sample.Shock("v1", 10, Sample.Origin), sample.Shock("v2", 40, Sample.Origin));
        await hub.ReactAsync();
        await hub.ApplyAsync(sample.Shock("v1", 70, Sample.Origin.MovedByM(17, 0)), sample.Shock("v2", 90, Sample.Origin.MovedByM(17, 0)));
        await hub.ReactAsync();
        var sensed = await hub.RequestsAsync();
        var report = await ReportAsync(hub, Sample.Origin.MovedByM(80, 0), Text);
        await LinkAsync(hub, report.Number, sensed[1].Number);

        // Earlier shocks between the two arrive late and found the pothole that both belong to.
        await hub.ApplyAsync([.. Enumerable.Range(0, 20).Select(i => sample.Shock($"w{i}", i * 0.4, Sample.Origin.MovedByM(8.5, 0)))]);
        await hub.ReactAsync();
        report = await FindAsync(hub, report.Number);
        Assert.Equal((sensed[0].Number, "open"), (report.Parent, report.Status));
        Assert.Equal((1, 0), ((await FindAsync(hub, sensed[0].Number)).Reports, (await FindAsync(hub, sensed[1].Number)).Reports));
        Assert.Equal("withdrawn", (await FindAsync(hub, sensed[1].Number)).Status);
    }

    [Fact]
    public async Task Evidence_alone_does_not_withdraw_what_people_reported()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(Lamp("v1", 0, LampVerdict.Dark), Lamp("v2", 30, LampVerdict.Dark));
        await hub.ReactAsync();
        var sensed = await hub.OnlyRequestAsync();
        var report = await ReportAsync(hub, Pole(3).MovedByM(40, 40), null, "street-light-out");
        await LinkAsync(hub, report.Number, sensed.Number);
        await hub.ApplyAsync(Lamp("v3", 60, LampVerdict.Lit), Lamp("v4", 90, LampVerdict.Lit), Lamp("v5", 120, LampVerdict.Lit));
        await hub.ReactAsync();
        Assert.Equal("open", (await FindAsync(hub, sensed.Number)).Status);
        await UnlinkAsync(hub, report.Number);

        Hub.Ingest.StoredRecord Lamp(string vehicle, double minute, LampVerdict verdict) => sample.Lamp(vehicle, minute, "p3", Pole(3), verdict);
    }

    [Fact]
    public async Task A_report_whose_merge_is_undone_after_the_work_is_open_again()
    {
        await using var hub = TicketsHub.Start();
        var parent = await ReportAsync(hub, Sample.Origin, Text);
        var child = await ReportAsync(hub, Sample.Origin.MovedByM(5, 0), Text);
        await WorkAsync(hub, parent.Number, "field-complete");
        Assert.Equal("closed", (await FindAsync(hub, child.Number)).Status);
        await UnlinkAsync(hub, child.Number);
        Assert.Equal(("open", "received"), ((await FindAsync(hub, child.Number)).Status, (await FindAsync(hub, child.Number)).Stage));
        Assert.Equal("closed", (await FindAsync(hub, parent.Number)).Status);
    }

    [Fact]
    public async Task Work_that_a_crew_did_for_the_report_ends_the_request_that_it_repeats()
    {
        await using var hub = TicketsHub.Start();
        var parent = await ReportAsync(hub, Sample.Origin, Text);
        var child = await ReportAsync(hub, Sample.Origin.MovedByM(5, 0), Text);
        await WorkAsync(hub, child.Number, "field-complete");
        Assert.Equal("closed", (await FindAsync(hub, parent.Number)).Status);
        Assert.Equal("closed", (await FindAsync(hub, child.Number)).Status);
    }

    [Fact]
    public async Task Reports_at_the_place_where_a_geocoder_gives_up_stand_alone_each_and_swallow_nobody()
    {
        await using var hub = TicketsHub.Start();
        var nowhere = Pole(2).MovedByM(0, -8);
        for (var i = 0; i < 20; i++) await ReportAsync(hub, nowhere, null, "street-light-out");
        var all = await hub.RequestsAsync();
        Assert.Equal(20, all.Count);
        Assert.All(all, r => Assert.Equal((null, null, true, 0), (r.Parent, r.Pole, r.PlaceDoubtful, r.Reports)));

        // Neither do sensors: what they find at the pole beside it is a request of its own.
        await hub.ApplyAsync(sample.Lamp("v1", 0, "p2", Pole(2), LampVerdict.Dark), sample.Lamp("v2", 30, "p2", Pole(2), LampVerdict.Dark));
        await hub.ReactAsync();
        var sensed = Assert.Single(await hub.RequestsAsync(), r => r.Source == "sensor");
        Assert.Equal("p2", sensed.Pole);
        Assert.All(await hub.RequestsAsync(), r => Assert.Equal(r.Source == "sensor" ? 2 : 0, r.EvidenceFor));
    }

    [Fact]
    public async Task Many_reports_of_the_light_at_whose_pole_people_point_follow_the_first()
    {
        await using var hub = TicketsHub.Start();
        for (var i = 0; i < 20; i++) await ReportAsync(hub, Pole(2), null, "street-light-out");
        Assert.Equal(19, (await hub.RequestsAsync()).Count(r => r.Parent is not null));
    }

    [Fact]
    public async Task At_a_doubtful_place_only_the_same_address_speaks_for_sameness()
    {
        await using var hub = TicketsHub.Start();
        for (var i = 0; i < 10; i++) await ReportAsync(hub, Sample.Origin, Text, address: $"{i * 10} Elm St");
        var twin = await ReportAsync(hub, Sample.Origin, "hole", address: "40 Elm Street, Cambridge");
        Assert.Null(twin.Parent); // The search looks for the address as it is written.
        twin = await ReportAsync(hub, Sample.Origin, "hole", address: "40 elm st");
        Assert.NotNull(twin.Parent);
        Assert.Single(await hub.RequestsAsync(), r => r.Parent is not null);
    }

    private static GeoPoint Pole(int i) => Sample.Origin.MovedByM(i * 25, 200);

    private static NewRequest New(GeoPoint at, string? text, string service = "pothole") =>
        new() { Service = service, At = at, Source = "resident", Who = "Web", Why = "Reported", Description = text };

    private static Task<Ticket> ReportAsync(DomainHub hub, GeoPoint at, string? text, string service = "pothole", string? address = null) =>
        hub.Database.WriteAsync(scope => hub.Get<ReportRequest>().Do(scope, New(at, text, service) with { ReportedAddress = address }), WritePriority.Interactive, default);

    private static async Task<Ticket> FindAsync(DomainHub hub, string number) => (await hub.Database.ReadAsync(c => TicketStore.Find(c, null, number), default))!;

    private static Task<Ticket> LinkAsync(DomainHub hub, string child, string parent) =>
        hub.Database.WriteAsync(
            scope => hub.Get<LinkRequests>().Link(scope, TicketStore.Find(scope, child)!, TicketStore.Find(scope, parent)!, ["Dee says so"], byPlace: false, "Dee"),
            WritePriority.Interactive, default);

    private static Task<Ticket?> UnlinkAsync(DomainHub hub, string child) =>
        hub.Database.WriteAsync(scope => hub.Get<LinkRequests>().Unlink(scope, child, "Dee", "two holes"), WritePriority.Interactive, default);

    private static Task WorkAsync(DomainHub hub, string number, string state) =>
        hub.Database.WriteAsync(
            scope => hub.Get<FollowWork>().Apply(scope, new LinkedOrder("wo-1", number, "WO-1", state, "c1", "Crew 1", null, scope.Now), "Crew 1", $"WO-1 {state}", null),
            WritePriority.Interactive, default);

    private static async Task DecideAsync(DomainHub hub, Func<DecideRequest, Func<WriteScope, RequestProblem?>> decide) =>
        Assert.Null(await hub.Database.WriteAsync(scope => decide(hub.Get<DecideRequest>())(scope), WritePriority.Interactive, default));
}
