using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Verification;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Verification;

/// <summary>Later passes by different vehicles confirm a repair, or put it in doubt.</summary>
public sealed class RepairTests
{
    private const double RepairMinute = 100, NextNight = 24 * 60;
    private const string Order = "wo-1";

    private readonly Sample sample = new();

    [Fact]
    public async Task Passes_of_the_same_night_say_nothing_and_those_of_the_next_verify_the_light()
    {
        await using var hub = Start();
        var number = await RepairLampAsync(hub);
        await hub.ApplyAsync(Lit("v3", 110), Lit("v4", 120), Lit("v5", 130));
        Assert.Equal((RepairState.Settling, 0), await LookAsync(hub, 3));

        await hub.ApplyAsync(Lit("v3", NextNight), Lit("v3", NextNight + 30));
        Assert.Equal((RepairState.Waiting, 2), await LookAsync(hub, 24.5));
        await hub.ApplyAsync(Lit("v4", NextNight + 40));
        Assert.Equal((RepairState.Verified, 3), await LookAsync(hub, 25));
        Assert.Contains("Repair verified: 3 later passes by 2 vehicles found the place clear", await hub.HistoryAsync(number));

        var view = await hub.Database.ReadAsync(c => (RepairView)new VerificationPart().Read(c, TicketStore.Find(c, null, number)!)!, default);
        Assert.Equal(("verified", 3, 2, 0), (view.State, view.PassesClear, view.Vehicles, view.PassesFound));
        Assert.Equal(Sample.Start.AddMinutes(RepairMinute), view.RepairedAt);
    }

    [Fact]
    public async Task One_vehicle_alone_verifies_nothing()
    {
        await using var hub = Start();
        await RepairLampAsync(hub);
        await hub.ApplyAsync([.. Enumerable.Range(0, 6).Select(i => Lit("v3", NextNight * (1 + i)))]);
        Assert.Equal((RepairState.Waiting, 6), await LookAsync(hub, 24 * 7));
    }

    [Fact]
    public async Task Vehicles_that_find_it_dark_again_put_the_repair_in_doubt_and_later_ones_may_take_that_back()
    {
        await using var hub = Start();
        var number = await RepairLampAsync(hub);
        await hub.ApplyAsync(Dark("v3", NextNight), Dark("v4", NextNight + 30));
        await hub.ReactAsync();
        Assert.Equal((RepairState.Doubtful, 0), await LookAsync(hub, 25));
        Assert.Contains("Repair in doubt: 2 later passes found the defect, 0 did not", await hub.HistoryAsync(number));
        Assert.Equal(["closed", "open"], (await hub.RequestsAsync()).Select(r => r.Status));

        await hub.ApplyAsync([.. Enumerable.Range(0, 5).Select(i => Lit($"w{i}", NextNight + 60 + i * 20))]);
        await hub.ReactAsync();
        Assert.Equal((RepairState.Verified, 5), await LookAsync(hub, 30));
        Assert.Equal(["closed", "withdrawn"], (await hub.RequestsAsync()).Select(r => r.Status));
    }

    [Fact]
    public async Task Smooth_passes_verify_a_pothole_that_no_sensor_ever_felt()
    {
        await using var hub = Start();
        var opened = await hub.Database.WriteAsync(scope => hub.Get<OpenTicket>().Open(scope, new NewRequest
        {
            Service = "pothole", At = Sample.Origin, Source = "person", Who = "Dee", Why = "Opened by hand",
        }), WritePriority.Interactive, default);
        await CompleteAsync(hub, opened.Number);
        for (var i = 0; i < 3; i++)
            await hub.ApplyAsync(sample.Stretch($"v{i}", 2 * NextNight + i * 20, Sample.Origin.MovedByM(-40, 1), Sample.Origin.MovedByM(40, 1)));
        Assert.Equal((RepairState.Verified, 3), await LookAsync(hub, 49));
    }

    [Fact]
    public async Task A_repair_that_is_taken_back_is_watched_no_more()
    {
        await using var hub = Start();
        var number = await RepairLampAsync(hub);
        await hub.Database.WriteAsync(scope =>
        {
            hub.Get<FollowWork>().Apply(scope, Linked(number, "started", scope.Now), "Crew 1", "started", null);
            scope.Raise(new OrderChanged(Summary(number, "started", scope.Now)));
        }, WritePriority.Interactive, default);
        await hub.ReactAsync();
        Assert.Empty(await hub.Database.ReadAsync(c => RepairStore.OfRequest(c, number), default));
    }

    [Fact]
    public async Task A_repair_that_nobody_passes_in_time_stays_unverified()
    {
        await using var hub = Start();
        await RepairLampAsync(hub);
        Assert.Equal((RepairState.Waiting, 0), await LookAsync(hub, 24));
        Assert.Equal((RepairState.Unverified, 0), await LookAsync(hub, 46 * 24));
        Assert.Empty(await hub.Database.ReadAsync(c => RepairStore.Due(c, long.MaxValue, 10), default));
    }

    private static DomainHub Start() => TicketsHub.Start(services => services.AddVerification(new VerificationOptions()));

    private async Task<string> RepairLampAsync(DomainHub hub)
    {
        hub.Time.Step(Sample.Start.AddMinutes(RepairMinute) - hub.Time.GetUtcNow());
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        var number = (await hub.OnlyRequestAsync()).Number;
        await CompleteAsync(hub, number);
        return number;
    }

    private static async Task CompleteAsync(DomainHub hub, string number)
    {
        hub.Time.Step(Sample.Start.AddMinutes(RepairMinute) - hub.Time.GetUtcNow());
        var atMs = Sample.Start.AddMinutes(RepairMinute).ToUnixTimeMilliseconds();
        await hub.Database.WriteAsync(scope =>
        {
            hub.Get<FollowWork>().Apply(scope, Linked(number, "field-complete", scope.Now), "Crew 1", "done", new WorkFinding(Repaired: true, atMs, atMs, Replay: false));
            scope.Raise(new OrderChanged(Summary(number, "field-complete", scope.Now)));
        }, WritePriority.Interactive, default);
        await hub.ReactAsync();
    }

    /// <summary>Looks so many hours after the repair.</summary>
    private static async Task<(string State, int Clear)> LookAsync(DomainHub hub, double hours)
    {
        hub.Time.Step(Sample.Start.AddMinutes(RepairMinute).AddHours(hours) - hub.Time.GetUtcNow());
        await hub.Database.WriteAsync(scope => hub.Get<CheckRepair>().Run(scope, Order), WritePriority.Interactive, default);
        var repair = await hub.Database.WriteAsync(scope => RepairStore.Find(scope, Order)!, WritePriority.Interactive, default);
        return (repair.State, repair.Clear);
    }

    private static LinkedOrder Linked(string number, string state, DateTimeOffset now) => new(Order, number, "WO-26-000001", state, "c1", "Crew 1", "v9", now);

    private static OrderSummary Summary(string number, string state, DateTimeOffset now) => new()
    {
        Id = Order, Number = "WO-26-000001", Request = number, Service = "street-light-out", Title = "Street light out", Lat = 42, Lon = -71, State = state, Priority = 3, UpdatedAt = now,
    };

    private Hub.Ingest.StoredRecord Dark(string vehicle, double minute) => sample.Lamp(vehicle, minute, "p3", Sample.Origin.MovedByM(75, 200), LampVerdict.Dark);

    private Hub.Ingest.StoredRecord Lit(string vehicle, double minute) => sample.Lamp(vehicle, minute, "p3", Sample.Origin.MovedByM(75, 200), LampVerdict.Lit);
}
