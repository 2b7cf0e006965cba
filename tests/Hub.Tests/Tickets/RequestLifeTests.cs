using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class RequestLifeTests
{
    private readonly Sample sample = new();

    [Fact]
    public async Task Two_vehicles_that_pass_a_dark_light_open_one_request()
    {
        await using var hub = TicketsHub.Start();
        var first = Dark("v1", 0);
        await hub.ApplyAsync(first);
        await hub.ReactAsync();
        Assert.Empty(await hub.RequestsAsync());

        var second = Dark("v2", 30);
        await hub.ApplyAsync(second);
        await hub.ApplyAsync(Dark("v3", 60));
        await hub.ReactAsync();
        var request = await hub.OnlyRequestAsync();
        Assert.Equal("SR-26-000001", request.Number);
        Assert.Equal("street-light-out", request.Service);
        Assert.Equal("p3", request.Pole);
        Assert.Equal("open", request.Status);
        Assert.Equal(second.Record.Stamp.DeviceTime, request.SampledAt);
        Assert.Equal((3, 0), (request.EvidenceFor, request.EvidenceAgainst));
    }

    [Fact]
    public async Task One_vehicle_in_one_pass_has_one_vote()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync([.. Enumerable.Range(0, 8).Select(i => Dark("v1", i))]);
        await hub.ReactAsync();
        Assert.Empty(await hub.RequestsAsync());
    }

    [Fact]
    public async Task A_request_that_evidence_no_longer_carries_is_withdrawn_and_explained_and_may_come_back()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        var number = (await hub.OnlyRequestAsync()).Number;

        await hub.ApplyAsync(Lit("v3", 60), Lit("v4", 90));
        await hub.ReactAsync();
        Assert.Equal("withdrawn", (await hub.OnlyRequestAsync()).Status);
        Assert.Contains(await hub.HistoryAsync(number), what => what.StartsWith("Withdrawn", StringComparison.Ordinal));

        await hub.ApplyAsync(Dark("v5", 120), Dark("v6", 150), Dark("v7", 180));
        await hub.ReactAsync();
        var back = await hub.OnlyRequestAsync();
        Assert.Equal((number, "open"), (back.Number, back.Status));
    }

    [Fact]
    public async Task A_request_follows_its_pothole_when_an_earlier_founding_shock_arrives_late()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(sample.Shock("v1", 10, Sample.Origin), sample.Shock("v2", 40, Sample.Origin.MovedByM(3, 0)));
        await hub.ReactAsync();
        var before = await hub.OnlyRequestAsync();

        await hub.ApplyAsync(sample.Shock("v3", 1, Sample.Origin.MovedByM(0, 2)));
        await hub.ReactAsync();
        var after = await hub.OnlyRequestAsync();
        Assert.Equal(before.Number, after.Number);
        Assert.NotEqual(before.Site, after.Site);
        Assert.Equal($"pothole:v3.{Sample.Epoch}.1", after.Site);
        Assert.Equal(3, after.EvidenceFor);
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM sites"));
    }

    [Fact]
    public async Task A_pothole_beside_an_open_request_joins_it()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(sample.Shock("v1", 10, Sample.Origin), sample.Shock("v2", 40, Sample.Origin));
        await hub.ReactAsync();
        await hub.ApplyAsync(sample.Shock("v1", 70, Sample.Origin.MovedByM(13, 0)), sample.Shock("v2", 90, Sample.Origin.MovedByM(13, 0)));
        await hub.ReactAsync();
        Assert.Equal(4, (await hub.OnlyRequestAsync()).EvidenceFor);
        Assert.Equal(2, await hub.CountAsync("SELECT COUNT(*) FROM request_sites"));
    }

    [Fact]
    public async Task A_withdrawn_request_does_not_come_back_beside_one_that_was_opened_since()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        await hub.ApplyAsync(Lit("v3", 60), Lit("v4", 90));
        await hub.ReactAsync();
        var old = await hub.OnlyRequestAsync();
        Assert.Equal("withdrawn", old.Status);
        await hub.Database.WriteAsync(scope => hub.Get<OpenTicket>().Open(scope, new NewRequest
        {
            Service = "street-light-out", At = Pole(3), Source = "person", Who = "Dee", Why = "Opened by hand",
        }), WritePriority.Interactive, default);

        await hub.ApplyAsync(Dark("v5", 120), Dark("v6", 150), Dark("v7", 180));
        await hub.ReactAsync();
        var requests = await hub.RequestsAsync();
        Assert.Equal(["withdrawn", "open"], requests.Select(r => r.Status));
        Assert.True(requests[1].EvidenceFor > 0);
    }

    [Fact]
    public async Task A_pothole_beside_where_an_open_request_has_moved_to_joins_it()
    {
        await using var hub = TicketsHub.Start();
        // Two poor fixes open the request 9 m east of where all later ones put the hole.
        await hub.ApplyAsync(sample.Shock("v1", 10, Sample.Origin.MovedByM(9, 0)), sample.Shock("v2", 40, Sample.Origin.MovedByM(9, 0)));
        await hub.ReactAsync();
        await hub.ApplyAsync([.. Enumerable.Range(0, 20).Select(i => sample.Shock($"w{i}", 60 + i, Sample.Origin))]);
        await hub.ApplyAsync(sample.Shock("v1", 170, Sample.Origin.MovedByM(-12, 0)), sample.Shock("v2", 190, Sample.Origin.MovedByM(-12, 0)));
        await hub.ReactAsync();
        Assert.Equal(2, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE supported=1"));
        await hub.OnlyRequestAsync();
    }

    [Fact]
    public async Task Two_open_requests_whose_sites_turn_out_to_be_one_become_one()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(sample.Shock("v1", 10, Sample.Origin), sample.Shock("v2", 40, Sample.Origin));
        await hub.ReactAsync();
        await hub.ApplyAsync(sample.Shock("v1", 70, Sample.Origin.MovedByM(17, 0)), sample.Shock("v2", 90, Sample.Origin.MovedByM(17, 0)));
        await hub.ReactAsync();
        Assert.Equal(2, (await hub.RequestsAsync()).Count);

        // Earlier shocks between them arrive late and found the pothole that both belong to.
        await hub.ApplyAsync([.. Enumerable.Range(0, 20).Select(i => sample.Shock($"w{i}", i * 0.4, Sample.Origin.MovedByM(8.5, 0)))]);
        await hub.ReactAsync();
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM sites"));
        var requests = await hub.RequestsAsync();
        Assert.Equal(["open", "withdrawn"], requests.Select(r => r.Status));
        Assert.Equal(24, requests[0].EvidenceFor);
        Assert.Contains(await hub.HistoryAsync(requests[1].Number), what => what.Contains(requests[0].Number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Smooth_passes_withdraw_a_pothole_that_two_vehicles_felt()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(sample.Shock("v1", 10, Sample.Origin, 0.7), sample.Shock("v2", 40, Sample.Origin, 0.7));
        await hub.ReactAsync();
        Assert.Equal("open", (await hub.OnlyRequestAsync()).Status);
        for (var i = 0; i < 8; i++)
            await hub.ApplyAsync(sample.Stretch($"w{i}", 60 + i, Sample.Origin.MovedByM(-40, 1), Sample.Origin.MovedByM(40, 1)));
        await hub.ReactAsync();
        Assert.Equal("withdrawn", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task A_repair_closes_the_request_and_the_site_starts_afresh()
    {
        await using var hub = TicketsHub.Start(sites: new SitesOptions { LampSettleHours = 0, LampBurnedPasses = 0 });
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        var number = (await hub.OnlyRequestAsync()).Number;
        var repairedMs = Sample.Start.AddMinutes(100).ToUnixTimeMilliseconds();
        await FollowAsync(hub, number, "field-complete", new WorkFinding(Repaired: true, repairedMs, repairedMs, Replay: false));
        await hub.ReactAsync();
        var repaired = await hub.OnlyRequestAsync();
        Assert.Equal(("closed", "field-complete"), (repaired.Status, repaired.Stage));
        Assert.InRange(repaired.ClosedAt!.Value, repaired.OpenedAt, repaired.UpdatedAt);
        Assert.Equal(0, await hub.CountAsync("SELECT supported FROM sites"));

        // A pass from before the repair that arrives late changes nothing; two later ones make a new case.
        await hub.ApplyAsync(Dark("v3", 90));
        await hub.ReactAsync();
        await hub.OnlyRequestAsync();
        await hub.ApplyAsync(Dark("v4", 120), Dark("v5", 140));
        await hub.ReactAsync();
        Assert.Equal(["closed", "open"], (await hub.RequestsAsync()).Select(r => r.Status));
    }

    [Fact]
    public async Task An_undone_repair_opens_the_request_again_with_its_evidence()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        var number = (await hub.OnlyRequestAsync()).Number;
        var repairedMs = Sample.Start.AddMinutes(100).ToUnixTimeMilliseconds();
        await FollowAsync(hub, number, "field-complete", new WorkFinding(Repaired: true, repairedMs, repairedMs, Replay: false));
        await FollowAsync(hub, number, "started", null);
        await hub.ReactAsync();
        var request = await hub.OnlyRequestAsync();
        Assert.Equal(("open", "in-progress"), (request.Status, request.Stage));
        Assert.Equal(1, await hub.CountAsync("SELECT supported FROM sites"));
    }

    [Fact]
    public async Task Work_that_has_begun_keeps_a_request_open_whatever_the_evidence()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        await FollowAsync(hub, (await hub.OnlyRequestAsync()).Number, "accepted", null);
        await hub.ApplyAsync(Lit("v3", 60), Lit("v4", 90), Lit("v5", 120));
        await hub.ReactAsync();
        Assert.Equal("open", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task A_number_carries_the_citys_own_year()
    {
        await using var hub = TicketsHub.Start();
        // 03:00 UTC on New Year's Day is still the old year in Cambridge.
        hub.Time.Step(new DateTimeOffset(2027, 1, 1, 3, 0, 0, TimeSpan.Zero) - hub.Time.GetUtcNow());
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        Assert.StartsWith("SR-26-", (await hub.OnlyRequestAsync()).Number, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_observation_of_an_unknown_pole_goes_to_the_nearest_or_is_kept_without_a_site()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(
            sample.Lamp("v1", 0, "renumbered", Pole(3).MovedByM(4, 4), LampVerdict.Dark),
            sample.Lamp("v2", 30, "nowhere", Sample.Origin.MovedByM(-500, -500), LampVerdict.Dark));
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE pole='p3'"));
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM lamp_passes WHERE pole=''"));
    }

    private static Task FollowAsync(DomainHub hub, string number, string state, WorkFinding? finding) =>
        hub.Database.WriteAsync(scope => hub.Get<FollowWork>().Apply(
            scope, new LinkedOrder("wo1", number, "WO-26-000001", state, "c1", "Crew 1", "v9", scope.Now), "Crew 1", state, finding), WritePriority.Interactive, default);

    private static GeoPoint Pole(int i) => Sample.Origin.MovedByM(i * 25, 200);

    private Hub.Ingest.StoredRecord Dark(string vehicle, double minute) => sample.Lamp(vehicle, minute, "p3", Pole(3), LampVerdict.Dark);

    private Hub.Ingest.StoredRecord Lit(string vehicle, double minute) => sample.Lamp(vehicle, minute, "p3", Pole(3), LampVerdict.Lit);
}
