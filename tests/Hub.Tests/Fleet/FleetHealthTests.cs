using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Commands;
using ThreeOneOne.Field.Hub.Fleet;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Fleet;

public sealed class FleetHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Vehicle Unit = new("unit-214", "cambridge-ma", "Unit 214", VehicleKind.Crewed, Now);
    private readonly FleetJudge judge = new(new FleetOptions());

    [Fact]
    public async Task The_newest_word_of_each_vehicle_stands_beside_its_connection_and_late_ones_do_not_replace_it()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("unit-215");
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, AgentVersion = "0.6.0", Unsent = 3 }));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Health(1, 0, 85), Health(2, -60, 20)));
        await hub.DrainedAsync();
        var view = await hub.GetAsync("/api/fleet/health");
        var unit = view.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetString() == Sample.Vehicle);
        Assert.Equal("online", unit.GetProperty("state").GetString());
        Assert.Equal(85, unit.GetProperty("health").GetProperty("cpuTemperatureC").GetDouble());
        Assert.Contains("hot", Codes(unit));
        Assert.Contains("source", Codes(unit));
        var sums = view.GetProperty("sums");
        Assert.Equal((2, 1, 1), (sums.GetProperty("vehicles").GetInt32(), sums.GetProperty("online").GetInt32(), sums.GetProperty("never").GetInt32()));
        Assert.Equal(1, sums.GetProperty("reasons").GetProperty("hot").GetInt32());
        Assert.Equal(2, (await hub.GetAsync($"/api/fleet/health/{Sample.Vehicle}")).GetProperty("items").GetArrayLength());
        var csv = await hub.Client.GetStringAsync(new Uri("/api/fleet/health.csv", UriKind.Relative));
        Assert.Equal(3, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("its computer is at 85 °C", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_past_goes_and_the_newest_stays()
    {
        await using var hub = await StartAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Health(1, -120, 50), Health(2, 0, 51)));
        await hub.DrainedAsync();
        Assert.Equal(2, await hub.Database.WriteAsync(s => HealthStore.Drop(s, s.Now.AddHours(1), 10), WritePriority.Bulk, default));
        var view = await hub.GetAsync("/api/fleet/health");
        Assert.Equal(51, view.GetProperty("items")[0].GetProperty("health").GetProperty("cpuTemperatureC").GetDouble());
    }

    [Fact]
    public async Task The_command_line_shows_vehicles_and_gives_them_commands_beside_a_running_hub()
    {
        await using var hub = await StartAsync();
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, AgentVersion = "0.6.0" }));
        await hub.DrainedAsync();
        var context = new FleetContext(new CommandContext(hub.Services.GetRequiredService<StorageOptions>(), new AccessOptions(), "http://localhost"), new CommandsOptions(), new FleetOptions(), new AttachmentsOptions());
        var (output, error) = (new StringWriter(), new StringWriter());
        Task<int> RunAsync(params string[] args) => FleetCommand.RunAsync(["vehicle", .. args], _ => context, output, error);
        Assert.Equal(0, await RunAsync("list"));
        Assert.Contains($"{Sample.Vehicle}\tonline\t", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("show", Sample.Vehicle));
        Assert.Contains("program     0.6.0", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("show", "nobody"));
        Assert.Equal(2, await RunAsync("command", Sample.Vehicle));
        Assert.Equal(2, await RunAsync("command", Sample.Vehicle, "wipe"));
        Assert.Contains("--vehicle", error.ToString(), StringComparison.Ordinal);

        var waiting = RunAsync("command", Sample.Vehicle, "blink", "--seconds", "5", "--wait", "60");
        Command? sent = null;
        await Support.Eventually.TrueAsync(
            () => (sent = hub.Broker.Published.Where(m => Topic.TryParse(m.Topic)?.Lane == Lane.Command).Select(m => WireCodec.Decode(m.Payload, WireJson.Default.Command)).FirstOrDefault()) is not null,
            "the hub sends it");
        Assert.Equal(("blink", "5"), (sent!.Kind, sent.Arguments!["seconds"]));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(new WireRecord { Seq = 9, Stamp = Sample.Stamp(), Result = new CommandResult(sent.Id, CommandOutcome.Done, "shown") }));
        Assert.Equal(0, await waiting);
        Assert.Contains("done: shown", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 10), default), a => a.Action == "vehicle.command" && a.ActorName == "console");
        Assert.Equal(1, await RunAsync("cancel", Sample.Vehicle, sent.Id));
        Assert.Contains("blink " + sent.Id + " is settled already: done shown", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("cancel", Sample.Vehicle, "none"));
    }

    [Fact]
    public async Task What_the_command_line_saves_nobody_else_may_read_and_it_writes_over_nothing()
    {
        await using var hub = await StartAsync();
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true }));
        var context = new FleetContext(new CommandContext(hub.Services.GetRequiredService<StorageOptions>(), new AccessOptions(), "http://localhost"), new CommandsOptions(), new FleetOptions(), new AttachmentsOptions());
        var error = new StringWriter();
        var save = Path.Combine(hub.Services.GetRequiredService<StorageOptions>().Folder, "saved.log.gz");
        Task<int> RunAsync() => FleetCommand.RunAsync(["vehicle", "command", Sample.Vehicle, "logs", "--wait", "60", "--save", save], _ => context, new StringWriter(), error);
        var waiting = RunAsync();
        Command? sent = null;
        await Support.Eventually.TrueAsync(
            () => (sent = hub.Broker.Published.Where(m => Topic.TryParse(m.Topic)?.Lane == Lane.Command).Select(m => WireCodec.Decode(m.Payload, WireJson.Default.Command)).FirstOrDefault()) is not null,
            "the hub sends it");
        byte[] log = [0x1F, 0x8B, 0x08, .. Enumerable.Repeat((byte)7, 2_000)];
        var file = new AttachmentRef(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(log)), AttachmentType.Bundle, log.Length);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(new WireRecord { Seq = 9, Stamp = Sample.Stamp(), Result = new CommandResult(sent!.Id, CommandOutcome.Done, "12 lines", file) }));
        await hub.DrainedAsync();
        await hub.Services.GetRequiredService<TakePiece>().TakeAsync(Sample.Vehicle, new FileChunk(file.Sha256, 0, log), default);
        Assert.Equal(0, await waiting);
        Assert.Equal(log, await File.ReadAllBytesAsync(save));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(save));
        Assert.Contains(await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 10), default), a => a.Action == "vehicle.file" && a.ActorName == "console");
        Assert.Equal(2, await RunAsync());
        Assert.Contains("is there already", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_are_said_in_plain_words_with_their_figures()
    {
        Assert.Equal(["not heard for 20 minutes with a shift open"], Texts(Silent(TimeSpan.FromMinutes(20), ShiftState.On), Now.AddYears(1)));
        Assert.Empty(Texts(Silent(TimeSpan.FromMinutes(20), ShiftState.Off), Now.AddYears(1)));
        Assert.Equal(["not heard for 4 days"], Texts(Silent(TimeSpan.FromHours(97), ShiftState.Off), Now.AddYears(1)));
        Assert.Equal(["its certificate ends in 20 days"], Texts(Silent(TimeSpan.Zero, ShiftState.Off), Now.AddDays(20.5)));
        Assert.Equal(["has no certificate of this hub"], Texts(Silent(TimeSpan.Zero, ShiftState.Off), null));
        var stuck = new VehicleState(true, new VehicleStatus { Online = true, Unsent = 41, OldestUnsent = Now.AddHours(-5), Offline = new OfflineBudget(3, []) }, Now);
        Assert.Equal(["connected, and the oldest of 41 unsent records is 5 hours old", "can go on without the hub for 3 days"], Texts(stuck, Now.AddYears(1)));
        Assert.Equal(["its certificates are revoked: it is locked out until it is enrolled again"], judge.Look(Unit, stuck, null, null, revoked: true, Now).Attention.Select(a => a.Text));
    }

    [Fact]
    public void A_weak_supply_and_a_failing_card_are_told_before_they_break()
    {
        Assert.Equal(["supply: its supply is too weak: under-voltage earlier"], Of(new() { Throttling = ["under-voltage earlier", "throttled earlier"] }));
        Assert.Equal(["throttled: its processor is held back: soft temperature limit"], Of(new() { Throttling = ["soft temperature limit"] }));
        Assert.Equal(["card: its disk takes no writes"], Of(new() { DiskReadOnly = true, DiskErrors = 4 }));
        Assert.Equal(["card: its disk has counted 4 errors", "card: its disk has used 90 % of its life"], Of(new() { DiskReadOnly = false, DiskErrors = 4, DiskWearPercent = 90 }));
        Assert.Empty(Of(new() { Throttling = [], DiskReadOnly = false, DiskErrors = 0, DiskWearPercent = 80 }));

        IEnumerable<string> Of(ComputerHealth computer) => judge.Look(
            Unit, Silent(TimeSpan.Zero, ShiftState.Off), new KeptHealth(Now, Now, nameof(ClockSource.Gps), new VehicleHealth { DiskFreeBytes = 10_000_000_000, Computer = computer }), Now.AddYears(1), revoked: false, Now)
            .Attention.Select(a => $"{a.Code}: {a.Text}");
    }

    [Fact]
    public void A_cell_is_never_a_formula()
    {
        var unit = judge.Look(Unit with { Name = "=HYPERLINK(\"x\")" }, VehicleState.NeverHeard, null, null, revoked: false, Now);
        Assert.Contains(",\"'=HYPERLINK(\"\"x\"\")\",", ReadFleet.Csv([unit]), StringComparison.Ordinal);
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync(
            change: services => services.AddAttachments(new AttachmentsOptions()).AddSingleton<TakePiece>().AddCommands(new CommandsOptions { ResendSeconds = 1 }).AddFleet(new FleetOptions()), map: app => app.MapFleet());
        await hub.RegisterAsync();
        return hub;
    }

    private static WireRecord Health(long seq, int minutes, double temperature)
    {
        var stamp = Sample.Stamp();
        return new()
        {
            Seq = seq, Stamp = stamp with { DeviceTime = stamp.DeviceTime.AddMinutes(minutes) },
            Health = new VehicleHealth { CpuTemperatureC = temperature, DiskFreeBytes = 10_000_000_000, Sources = new() { ["position"] = "ok", ["motion"] = "missing: no device" } },
        };
    }

    private static VehicleState Silent(TimeSpan since, ShiftState shift) => new(since == TimeSpan.Zero, new VehicleStatus { Online = false, Shift = shift }, Now - since);

    private static IEnumerable<string?> Codes(JsonElement unit) => unit.GetProperty("attention").EnumerateArray().Select(a => a.GetProperty("code").GetString());

    private IEnumerable<string> Texts(VehicleState state, DateTimeOffset? certificate) => judge.Look(Unit, state, null, certificate, revoked: false, Now).Attention.Select(a => a.Text);
}
