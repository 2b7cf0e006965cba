using System.Text.Json;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Receipts;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Receipts;

public sealed class ReceiptTests
{
    [Fact]
    public async Task A_shift_adds_up_its_vehicles_and_says_what_is_still_out()
    {
        await using var hub = await StartAsync();
        var first = new Chain("unit-214", "00000000000000a1");
        var second = new Chain("unit-215", "00000000000000b1");
        first.SignOn();
        var actions = Enumerable.Range(0, 5).Select(i => first.Act($"a{i}")).ToList();
        first.SignOff(5);
        second.SignOn();
        second.Act("b0");
        Send(hub, second.Records);
        // Two of the five, and the sign-off, have not arrived.
        Send(hub, first.Records.Where(r => r.Record.Action?.Id is not ("a3" or "a4")));
        await hub.DrainedAsync();
        var receipt = await ReceiptAsync(hub);
        Assert.Equal((4, 2, false), (receipt.GetProperty("atCityHall").GetInt32(), receipt.GetProperty("still").GetInt32(), receipt.GetProperty("complete").GetBoolean()));
        Assert.Equal("4 at city hall, 2 still on Unit unit-214, never heard, Unit unit-215 has not signed off", receipt.GetProperty("summary").GetString());

        second.SignOff(1);
        // The same action again under another epoch, as after a fork, counts once.
        var again = new Chain("unit-214", "00000000000000a2");
        again.Act("a0");
        Send(hub, [actions[3], actions[4], second.Records[^1], again.Records[0]]);
        await hub.DrainedAsync();
        receipt = await ReceiptAsync(hub);
        Assert.Equal("6 at city hall", receipt.GetProperty("summary").GetString());
        Assert.True(receipt.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task What_is_missing_is_told_from_what_was_dropped_on_purpose()
    {
        await using var hub = await StartAsync();
        var chain = new Chain("unit-214", "00000000000000a1");
        chain.SignOn();
        chain.Skip(4);
        chain.Act("a0");
        chain.Tombstone([[2, 3]]);
        Send(hub, chain.Records);
        await hub.DrainedAsync();
        var gaps = await hub.GetAsync("/api/vehicles/unit-214/gaps");
        Assert.Equal((2, 2, 0), (gaps.GetProperty("missing").GetInt32(), gaps.GetProperty("dropped").GetInt32(), gaps.GetProperty("brokenLinks").GetInt32()));
        var epoch = gaps.GetProperty("epochs")[0];
        Assert.Equal("[[4,5]]", epoch.GetProperty("missing").GetRawText());
        Assert.Equal("[[1,1],[6,7]]", epoch.GetProperty("at").GetRawText());
        Assert.Equal("disk is full", epoch.GetProperty("dropped")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_link_that_is_missing_changed_or_taken_off_the_end_is_seen()
    {
        await using var hub = await StartAsync();
        var chain = new Chain("unit-214", "00000000000000a1");
        chain.SignOn();
        chain.Act("a0");
        chain.Act("a1");
        chain.Act("a2");
        chain.Act("a3");
        var records = chain.Records.ToList();
        // One is gone, another is not what it was.
        records.RemoveAt(1);
        records[1] = records[1] with { Record = records[1].Record with { Action = records[1].Record.Action! with { Note = "changed" } } };
        Send(hub, records);
        hub.Broker.ToLive(new Topic("cambridge-ma", "unit-214", Lane.Status).ToString(), Sample.Encode(new VehicleStatus
        {
            Online = true, Chains = [new ChainHead("00000000000000a1", 6, "ffff")],
        }));
        await hub.DrainedAsync();
        var gaps = await hub.GetAsync("/api/vehicles/unit-214/gaps");
        var state = gaps.GetProperty("epochs")[0].GetProperty("chain");
        Assert.Equal((4, 6), (state.GetProperty("atHub").GetInt32(), state.GetProperty("count").GetInt32()));
        Assert.Equal("[[2,2],[6,6]]", state.GetProperty("missing").GetRawText());
        Assert.Equal(4, Assert.Single(state.GetProperty("broken").EnumerateArray()).GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Vehicles_with_unsent_actions_come_oldest_first()
    {
        await using var hub = await StartAsync();
        foreach (var (vehicle, hour) in new[] { ("unit-214", 9), ("unit-215", 7) })
        {
            hub.Broker.ToLive(new Topic("cambridge-ma", vehicle, Lane.Status).ToString(), Sample.Encode(new VehicleStatus
            {
                Online = false, Unsent = 9, UnsentActions = 3, OldestUnsentAction = new DateTimeOffset(2026, 11, 20, hour, 0, 0, TimeSpan.Zero),
            }));
        }

        await hub.DrainedAsync();
        var items = (await hub.GetAsync("/api/vehicles/unsent")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["unit-215", "unit-214"], items.Select(i => i.GetProperty("id").GetString()));
        Assert.Equal(3, items[0].GetProperty("unsentActions").GetInt32());
    }

    [Fact]
    public async Task A_vehicle_that_drops_off_the_network_keeps_its_place_in_the_list_with_its_budget()
    {
        await using var hub = await StartAsync();
        Status(hub, "unit-214", new VehicleStatus
        {
            Online = true, Epoch = "00000000000000a1", Shift = ShiftState.On, ShiftId = "s1", Crew = "c1", UnsentActions = 2, OldestUnsentAction = Sample.Time,
            UnsentFileBytes = 3_000_000, Offline = new OfflineBudget(19, new() { ["certificate"] = 45, ["disk"] = 19 }),
        });
        Status(hub, "unit-214", new VehicleStatus { Online = false });
        await hub.DrainedAsync();
        var item = Assert.Single((await hub.GetAsync("/api/vehicles/unsent")).GetProperty("items").EnumerateArray());
        Assert.Equal((false, 2, 3_000_000, "s1"), (
            item.GetProperty("online").GetBoolean(), item.GetProperty("unsentActions").GetInt32(), item.GetProperty("unsentFileBytes").GetInt32(), item.GetProperty("shift").GetString()));
        Assert.Equal("""{"days":19,"limits":{"certificate":45,"disk":19}}""", item.GetProperty("offline").GetRawText());
    }

    [Fact]
    public async Task What_arrived_is_not_waiting_though_the_vehicle_went_before_it_heard_so()
    {
        await using var hub = await StartAsync();
        var chain = new Chain("unit-214", "00000000000000a1");
        chain.SignOn();
        foreach (var id in new[] { "a0", "a1", "a2" }) chain.Act(id);
        Send(hub, chain.Records.SkipLast(1));
        Status(hub, "unit-214", new VehicleStatus
        {
            Online = true, Epoch = "00000000000000a1", Shift = ShiftState.On, ShiftId = "s1", UnsentActions = 3, OldestUnsentAction = Sample.Time, Chains = [new ChainHead("00000000000000a1", 4, chain.Head)],
        });
        Status(hub, "unit-214", new VehicleStatus { Online = false });
        await hub.DrainedAsync();
        Assert.Equal(1, Assert.Single((await hub.GetAsync("/api/vehicles/unsent")).GetProperty("items").EnumerateArray()).GetProperty("unsentActions").GetInt32());
        Assert.Equal((2, 1), await SumsAsync());
        Send(hub, chain.Records.TakeLast(1));
        await hub.DrainedAsync();
        var unsent = await hub.GetAsync("/api/vehicles/unsent");
        Assert.Empty(Ids(unsent, "items"));
        Assert.Equal(["unit-214"], Ids(unsent, "silent"));
        Assert.Equal((3, 0), await SumsAsync());

        async Task<(int AtCityHall, int Still)> SumsAsync()
        {
            var receipt = await ReceiptAsync(hub);
            return (receipt.GetProperty("atCityHall").GetInt32(), receipt.GetProperty("still").GetInt32());
        }
    }

    [Fact]
    public async Task A_vehicle_that_is_silent_with_a_shift_open_may_hold_what_nobody_knows_of()
    {
        await using var hub = await StartAsync();
        Status(hub, "unit-214", new VehicleStatus { Online = true, Epoch = "00000000000000a1", Shift = ShiftState.On, ShiftId = "s1", UnsentFileBytes = 5 });
        Status(hub, "unit-215", new VehicleStatus { Online = true, Epoch = "00000000000000b1", Shift = ShiftState.Off, UnsentFileBytes = 7 });
        await hub.DrainedAsync();
        var unsent = await hub.GetAsync("/api/vehicles/unsent");
        Assert.Equal(["unit-215", "unit-214"], Ids(unsent, "files"));
        Assert.Empty(Ids(unsent, "silent"));
        foreach (var vehicle in new[] { "unit-214", "unit-215" }) Status(hub, vehicle, new VehicleStatus { Online = false });
        await hub.DrainedAsync();
        unsent = await hub.GetAsync("/api/vehicles/unsent");
        Assert.Equal(["unit-214"], Ids(unsent, "silent"));
        Assert.Equal(["unit-215"], Ids(unsent, "files"));
        Assert.Empty(Ids(unsent, "items"));
    }

    [Fact]
    public async Task The_newest_shifts_come_first_in_pages_by_crew_and_by_vehicle()
    {
        await using var hub = await StartAsync();
        foreach (var (vehicle, shift, crew, minute) in new[] { ("unit-214", "s1", "c1", 1), ("unit-215", "s2", "c2", 2), ("unit-214", "s3", "c2", 3), ("unit-215", "s3", "c2", 4) })
        {
            var chain = new Chain(vehicle, $"00000000000000a{minute}") { Shift = shift, Crew = crew, From = Sample.Time.AddMinutes(minute) };
            chain.SignOn();
            Send(hub, chain.Records);
        }

        await hub.DrainedAsync();
        var first = await hub.GetAsync("/api/shifts?limit=2");
        Assert.Equal(["s3", "s2"], Shifts(first));
        var both = first.GetProperty("items")[0].GetProperty("vehicles").EnumerateArray().Select(v => v.GetProperty("vehicle").GetString());
        Assert.Equal(["unit-214", "unit-215"], both);
        Assert.Equal(["s1"], Shifts(await hub.GetAsync($"/api/shifts?limit=2&cursor={first.GetProperty("next").GetString()}")));
        Assert.Equal(["s3", "s2"], Shifts(await hub.GetAsync("/api/shifts?vehicle=unit-215")));
        Assert.Equal(["s1"], Shifts(await hub.GetAsync("/api/shifts?crew=c1")));
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync(
            change: services =>
            {
                services.AddClockRepairs(new IngestOptions());
                services.AddCrews();
                services.AddReceipts();
            },
            map: app => app.MapReceipts());
        await hub.RegisterAsync("unit-214");
        await hub.RegisterAsync("unit-215");
        return hub;
    }

    private static void Status(TestHub hub, string vehicle, VehicleStatus status) =>
        hub.Broker.ToLive(new Topic("cambridge-ma", vehicle, Lane.Status).ToString(), Sample.Encode(status));

    private static string[] Ids(JsonElement unsent, string list) => [.. unsent.GetProperty(list).EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];

    private static string[] Shifts(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("shift").GetString()!)];

    private static Task<JsonElement> ReceiptAsync(TestHub hub) => hub.GetAsync("/api/shifts/s1/receipt");

    private static void Send(TestHub hub, IEnumerable<Written> records)
    {
        foreach (var of in records.GroupBy(r => (r.Vehicle, r.Epoch)))
            hub.Broker.Up(new Topic("cambridge-ma", of.Key.Vehicle, Lane.Up).ToString(), Sample.Batch(of.Key.Vehicle, of.Key.Epoch, of.Select(r => Sample.Json(r.Record))));
    }

    private sealed record Written(string Vehicle, string Epoch, WireRecord Record);

    /// <summary>Writes records as a vehicle's outbox does.</summary>
    private sealed class Chain(string vehicle, string epoch)
    {
        private long seq, n;
        private string head = "";

        public List<Written> Records { get; } = [];

        public string Shift { get; init; } = "s1";

        public string Crew { get; init; } = "c1";

        /// <summary>Null: as samples are stamped.</summary>
        public DateTimeOffset? From { get; init; }

        public string Head => head;

        public void SignOn() => Add(r => r with { Shift = new ShiftChange(Shift, Crew, ShiftState.On, ["m1"]) });

        public void SignOff(int actions) =>
            Add(r => r with { Shift = new ShiftChange(Shift, Crew, ShiftState.Off, ["m1"], new ShiftReceipt(Shift, actions, [new ChainHead(epoch, n, head)])) });

        public Written Act(string id) => Add(r => r with { Action = new CrewAction { Id = id, Kind = CrewActionKind.Start, Order = "wo-1" } });

        public void Tombstone(long[][] ranges) =>
            Add(r => r with { Tombstone = new Tombstone(ranges[0][0], ranges[^1][1], RecordKind.Roughness, "disk is full", ranges) });

        /// <summary>Numbers given to records that aren't chained.</summary>
        public void Skip(int records) => seq += records;

        private Written Add(Func<WireRecord, WireRecord> content)
        {
            var record = content(new WireRecord { Seq = ++seq, Stamp = Sample.Stamp(seq, From), Duty = new Duty(Shift, Crew, "m1"), Chain = new ChainLink(++n, head) });
            head = WireCodec.ContentHash(Sample.Json(record));
            Records.Add(new Written(vehicle, epoch, record));
            return Records[^1];
        }
    }
}
