using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Profile;

public sealed class DeviceProfileTests : IAsyncLifetime, IDisposable
{
    private static readonly Topic Own = new("cambridge-ma", "unit-214", Lane.DeviceProfile);
    private static readonly TrialOptions Limits = new() { Minutes = 0.02, SettleSeconds = 0, Starts = 2 };

    private readonly TemporaryFolder folder = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> running = [];
    private string[] faults = [];
    private TrialSigns signs = new(true, true, true, new Dictionary<string, SourceHealth> { ["motion"] = new(SourceState.Ok) { Talks = true } });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public void Dispose()
    {
        stop.Dispose();
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_profile_comes_into_force_by_a_start_and_stays_when_the_vehicle_is_well()
    {
        using (var before = Start())
        {
            before.Take(Bundle(5));
            await Eventually.TrueAsync(() => before.Rebuild.IsCancellationRequested, "the agent is to be built anew");
        }

        signs = signs with { Acknowledged = false };
        using var after = Start();
        Assert.Equal((5, DeviceProfileOutcome.Trying), (after.Report.Version, after.Report.Outcome));
        signs = signs with { Acknowledged = true };
        await Eventually.TrueAsync(() => after.Report.Outcome == DeviceProfileOutcome.Applied, "it proved itself");
        Assert.False(File.Exists(Path.Combine(folder.Path, "device-profile-trial.json")));
        Assert.False(after.Rebuild.IsCancellationRequested);
    }

    [Fact]
    public async Task No_trial_begins_while_a_version_is_on_trial_and_the_newest_profile_is_taken_then()
    {
        var turn = new TrialTurn(1);
        using var desk = Start(turn);
        desk.Take(Bundle(5, rate: 300));
        desk.Take(Bundle(6, rate: 310));
        // What does not fit is judged in turn as well: had it been judged, this would be it.
        await Task.WhenAny(running[^1], Task.Delay(TimeSpan.FromSeconds(1.5)));
        Assert.Equal((0L, 0L), (desk.Report.Version, desk.Report.Judged));
        Assert.False(desk.Rebuild.IsCancellationRequested);

        turn.End();
        await Eventually.TrueAsync(() => desk.Rebuild.IsCancellationRequested, "its turn has come");
        Assert.Equal(6, desk.Report.Version);
        Assert.False(turn.TryBegin());
    }

    [Fact]
    public async Task A_profile_that_does_not_fit_gives_its_turn_back()
    {
        var turn = new TrialTurn(0);
        faults = ["no such pin"];
        using var desk = Start(turn);
        desk.Take(Bundle(5));
        await Eventually.TrueAsync(() => desk.Report.Outcome == DeviceProfileOutcome.Refused, "it is refused");
        await Eventually.TrueAsync(turn.TryBegin, "its turn is free");
    }

    [Fact]
    public async Task What_is_not_well_goes_back_to_the_last_good_one()
    {
        await ApplyAsync(5, 100);
        using (var before = Start())
        {
            before.Take(Bundle(6, rate: 400));
            await Eventually.TrueAsync(() => before.Rebuild.IsCancellationRequested, "on trial");
        }

        signs = signs with { Sources = new Dictionary<string, SourceHealth> { ["motion"] = new(SourceState.Missing, "no such device") } };
        using (var trying = Start()) await Eventually.TrueAsync(() => trying.Rebuild.IsCancellationRequested, "rolled back");

        using var after = Start();
        Assert.Equal((5L, 6L, DeviceProfileOutcome.RolledBack, "motion: missing: no such device"), (after.Report.Version, after.Report.Judged, after.Report.Outcome!.Value, after.Report.Reason));
        Assert.Equal(100, DeviceProfileFile.Open(folder.Path).InForce!.Settings.GetProperty("Motion").GetProperty("RateHz").GetDouble());
    }

    [Fact]
    public async Task A_profile_that_was_judged_is_not_tried_again()
    {
        faults = ["Light:RateHz = '900': expected a number from 1 to 50"];
        using var desk = Start();
        desk.Take(Bundle(5));
        await Eventually.TrueAsync(() => desk.Report.Outcome == DeviceProfileOutcome.Refused, "it does not fit");
        Assert.Contains("Light:RateHz", desk.Report.Reason);
        Assert.Equal(0, desk.Report.Version);

        faults = [];
        desk.Take(Bundle(5));
        desk.Take(Bundle(6));
        await Eventually.TrueAsync(() => desk.Report.Judged == 6, "only the newer one is");
        Assert.Equal(0, desk.Report.Foreign);
    }

    [Fact]
    public async Task Forged_too_large_older_and_others_bundles_are_counted_and_change_nothing()
    {
        await ApplyAsync(5, 100);
        using var desk = Start();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = JsonNode.Parse(Encoding.UTF8.GetString(Envelope(9)))!;
        forged["payload"] = JsonNode.Parse(Encoding.UTF8.GetString(Envelope(10)))!["payload"]!.DeepClone();
        byte[][] all =
        [
            Bundle(9, signer: other),
            WireCodec.Encode(Encoding.UTF8.GetBytes(forged.ToJsonString())),
            Bundle(9, vehicle: "unit-215"),
            Bundle(9, jurisdiction: "boston-ma"),
            Bundle(4),
            new byte[SignedBundle.MaxBytes + 1],
            "{}"u8.ToArray(),
            [],
            WireCodec.Encode(SignedBundle.Sign(key, SignedBundle.ProfileType, "[1]"u8)),
            WireCodec.Encode(SignedBundle.Sign(key, SignedBundle.UpdateType, Encoding.UTF8.GetBytes("{}"))),
        ];
        foreach (var bundle in all) desk.Take(bundle);
        foreach (var bundle in all) desk.Take(bundle);

        Assert.Equal(2 * all.Length, desk.Report.Foreign);
        Assert.NotNull(desk.Report.LastForeign);
        Assert.Equal((5, 5), (desk.Report.Version, desk.Report.Judged));
    }

    [Fact]
    public async Task Starts_that_prove_nothing_bring_the_last_good_one_back()
    {
        await ApplyAsync(5, 100);
        using (var before = Start())
        {
            before.Take(Bundle(6, rate: 400));
            await Eventually.TrueAsync(() => before.Rebuild.IsCancellationRequested, "on trial");
        }

        // The power goes, or the program crashes, before anything is known.
        for (var start = 0; start < Limits.Starts; start++) Assert.Null(Trial.Resume(DeviceProfileFile.Open(folder.Path).TrialFile, TimeProvider.System)!.Spent);
        using var after = Start();

        Assert.Equal((5, DeviceProfileOutcome.RolledBack), (after.Report.Version, after.Report.Outcome));
    }

    [Fact]
    public async Task A_version_without_a_change_takes_no_trial()
    {
        await ApplyAsync(5, 100);
        using var desk = Start();
        desk.Take(Bundle(6, rate: 100));

        await Eventually.TrueAsync(() => desk.Report is { Version: 6, Outcome: DeviceProfileOutcome.Applied }, "it is kept as it stands");
        Assert.False(desk.Rebuild.IsCancellationRequested);
    }

    [Fact]
    public void A_damaged_file_holds_nothing_and_is_filled_again()
    {
        File.WriteAllText(Path.Combine(folder.Path, "device-profile.json"), "{");

        using var desk = Start();

        Assert.Equal((0, null), (desk.Report.Version, desk.Report.Outcome));
    }

    private async Task ApplyAsync(long version, double rate)
    {
        using (var first = Start())
        {
            first.Take(Bundle(version, rate: rate));
            await Eventually.TrueAsync(() => first.Rebuild.IsCancellationRequested, "on trial");
        }

        using var second = Start();
        await Eventually.TrueAsync(() => second.Report.Outcome == DeviceProfileOutcome.Applied, "applied");
    }

    // As VehicleRun does at a start.
    private DeviceProfileDesk Start(TrialTurn? turn = null)
    {
        File.WriteAllText(Path.Combine(folder.Path, "profile-keys.pem"), key.ExportSubjectPublicKeyInfoPem());
        var file = DeviceProfileFile.Open(folder.Path);
        var trial = Agent.VehicleRun.Resume(file, NullLogger.Instance);
        var desk = new DeviceProfileDesk(file, trial, new ProfileKeys(Path.Combine(folder.Path, "profile-keys.pem")), Own,
            _ => new DeviceProfileFit(faults, ["motion"], null, []), Limits, turn ?? new TrialTurn(trial is null ? 0 : 1), TimeProvider.System, NullLogger.Instance);
        running.Add(desk.RunAsync(() => signs, stop.Token));
        return desk;
    }

    private byte[] Bundle(long version, double rate = 250, string vehicle = "unit-214", string jurisdiction = "cambridge-ma", ECDsa? signer = null) =>
        WireCodec.Encode(Envelope(version, rate, vehicle, jurisdiction, signer));

    private byte[] Envelope(long version, double rate = 250, string vehicle = "unit-214", string jurisdiction = "cambridge-ma", ECDsa? signer = null) =>
        SignedBundle.Sign(signer ?? key, SignedBundle.ProfileType, JsonSerializer.SerializeToUtf8Bytes(new DeviceProfile
        {
            Vehicle = vehicle,
            Jurisdiction = jurisdiction,
            StateVersion = version,
            Settings = JsonSerializer.SerializeToElement(new { Motion = new { RateHz = rate } }),
        }, WireJson.Default.DeviceProfile));
}
