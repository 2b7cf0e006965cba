using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Profiles;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Profiles;

public sealed class DeviceProfileTests
{
    private static readonly Uri RollOuts = new("/api/device-profiles/roll-outs", UriKind.Relative);
    private static readonly Uri Back = new("/api/device-profiles/roll-back", UriKind.Relative);

    [Fact]
    public async Task A_roll_out_goes_from_stage_to_stage_and_each_vehicle_gets_its_own_signed_profile()
    {
        await using var hub = await StartAsync("unit-1", "unit-2");
        await hub.SayAsync("unit-1", new DeviceProfileReport());
        await hub.SayAsync("unit-2", new DeviceProfileReport());
        using var begun = await hub.Host.Client.PostAsJsonAsync(RollOuts, Fleet(100, [50, 100], "unit-2"));
        Assert.True(begun.StatusCode == HttpStatusCode.Created, await begun.Content.ReadAsStringAsync());
        await Support.Eventually.TrueAsync(() => hub.Sent("unit-2").Count > 0, "the canary gets it");
        Assert.Empty(hub.Sent("unit-1"));
        var profile = hub.Sent("unit-2")[0];
        Assert.Equal(("unit-2", "cambridge-ma", 100), (profile.Vehicle, profile.Jurisdiction, profile.Settings.GetProperty("Motion").GetProperty("RateHz").GetInt32()));

        await hub.SayAsync("unit-2", Applied(profile));
        await Support.Eventually.TrueAsync(() => hub.Sent("unit-1").Count > 0, "the next stage opens");
        await hub.SayAsync("unit-1", Applied(hub.Sent("unit-1")[0]));
        await hub.StateAsync("done");
        var view = await hub.Host.GetAsync("/api/device-profiles");
        Assert.All(view.GetProperty("items").EnumerateArray(), v => Assert.Equal("none", v.GetProperty("drift").GetString()));
        using var again = await hub.Host.Client.PostAsJsonAsync(RollOuts, Fleet(100, [100]));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var audit = await hub.Host.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 20), default);
        Assert.Contains(audit, a => a.Action == "profiles.roll-out");
        Assert.Contains(audit, a => a.Action == "profiles.done");
    }

    [Fact]
    public async Task A_vehicle_that_rolls_back_stops_it_and_roll_back_gives_everybody_what_was_before()
    {
        await using var hub = await StartAsync("unit-1", "unit-2");
        foreach (var id in new[] { "unit-1", "unit-2" }) await hub.SayAsync(id, new DeviceProfileReport());
        using var first = await hub.Host.Client.PostAsJsonAsync(RollOuts, Fleet(100, [100]));
        await Support.Eventually.TrueAsync(() => hub.Sent("unit-1").Count > 0 && hub.Sent("unit-2").Count > 0, "both get the first");
        foreach (var id in new[] { "unit-1", "unit-2" }) await hub.SayAsync(id, Applied(hub.Sent(id)[0]));
        await hub.StateAsync("done");
        var good = hub.Sent("unit-1")[0].StateVersion;

        using var second = await hub.Host.Client.PostAsJsonAsync(RollOuts, Fleet(400, [50, 100], "unit-1"));
        await Support.Eventually.TrueAsync(() => hub.Sent("unit-1").Any(p => p.StateVersion > good), "the canary gets the second");
        var bad = hub.Sent("unit-1").Last();
        await hub.SayAsync("unit-1", new DeviceProfileReport { Version = good, Judged = bad.StateVersion, Outcome = DeviceProfileOutcome.RolledBack, Reason = "motion: missing" });
        var stopped = await hub.StateAsync("stopped");
        Assert.Contains("unit-1: motion: missing", stopped.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Sent("unit-2"), p => p.StateVersion > good);

        using var back = await hub.Host.Client.PostAsync(Back, null);
        Assert.Equal(HttpStatusCode.Created, back.StatusCode);
        await Support.Eventually.TrueAsync(() => hub.Sent("unit-1").Any(p => p.StateVersion > bad.StateVersion), "the old one comes under a new version");
        Assert.Equal(100, hub.Sent("unit-1").Last().Settings.GetProperty("Motion").GetProperty("RateHz").GetInt32());
        await hub.SayAsync("unit-1", Applied(hub.Sent("unit-1").Last()));
        await hub.StateAsync("done");
    }

    [Fact]
    public async Task A_hub_that_restarts_goes_on_and_one_that_was_restored_tells_anew()
    {
        var folder = Directory.CreateTempSubdirectory("field-hub-").FullName;
        long version;
        await using (var first = await StartInAsync(folder, "unit-1"))
        {
            using var begun = await first.Host.Client.PostAsJsonAsync(RollOuts, Fleet(100, [100], vehicles: ["unit-1"]));
            Assert.True(begun.StatusCode == HttpStatusCode.Created, await begun.Content.ReadAsStringAsync());
        }

        await using (var second = await StartInAsync(folder, "unit-1"))
        {
            await second.SayAsync("unit-1", new DeviceProfileReport());
            await Support.Eventually.TrueAsync(() => second.Sent("unit-1").Count > 0, "it goes on");
            version = second.Sent("unit-1")[0].StateVersion;
            await second.SayAsync("unit-1", Applied(second.Sent("unit-1")[0]));
            await second.StateAsync("done");
            await second.Host.Database.WriteAsync(s => s.Execute("DELETE FROM downlink_era"), Hub.Storage.WritePriority.Interactive, default);
        }

        await using (var restored = await StartInAsync(folder, "unit-1"))
        {
            await restored.SayAsync("unit-1", new DeviceProfileReport { Version = version, Judged = version, Outcome = DeviceProfileOutcome.Applied });
            await Support.Eventually.TrueAsync(() => restored.Sent("unit-1").Any(p => p.StateVersion > version), "another era has a higher version");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Keys_set_on_the_vehicle_are_drift_and_named()
    {
        await using var hub = await StartAsync("unit-1");
        await hub.SayAsync("unit-1", new DeviceProfileReport());
        using var begun = await hub.Host.Client.PostAsJsonAsync(RollOuts, Fleet(100, [100], vehicles: ["unit-1"]));
        await Support.Eventually.TrueAsync(() => hub.Sent("unit-1").Count > 0, "sent");
        await hub.SayAsync("unit-1", Applied(hub.Sent("unit-1")[0]) with { Hash = SettingsDigest.Of([new("Motion:RateHz", "50")]), Local = ["Motion:RateHz"], Foreign = 2, LastForeign = "forged" });

        await Support.Eventually.TrueAsync(async () =>
        {
            var vehicle = (await hub.Host.GetAsync("/api/vehicles/unit-1/device-profile")).GetProperty("standing");
            return vehicle.GetProperty("drift").GetString() == "values" && vehicle.GetProperty("local")[0].GetString() == "Motion:RateHz" && vehicle.GetProperty("foreign").GetInt64() == 2;
        }, "drift is shown");
    }

    [Fact]
    public async Task What_cannot_be_rolled_out_is_refused_with_all_its_reasons()
    {
        await using var hub = await StartAsync("unit-1");
        using var wrong = await hub.Host.Client.PostAsJsonAsync(RollOuts, new
        {
            stages = new[] { 50, 25 },
            canaries = new[] { "unit-9" },
            vehicles = new Dictionary<string, object>
            {
                ["unit-1"] = new { settings = JsonNode.Parse("""{ "Link": { "Host": "evil" }, "Motion": { "RateHz": 1 } }""") },
                ["unit-9"] = new { settings = new { } },
            },
        });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var errors = JsonDocument.Parse(await wrong.Content.ReadAsStringAsync()).RootElement.GetProperty("errors");
        Assert.Equal(["stages", "vehicles.unit-1.settings", "vehicles.unit-9"], errors.EnumerateObject().Select(e => e.Name).Order());
        Assert.Equal(2, errors.GetProperty("vehicles.unit-1.settings").GetArrayLength());
        using var nothing = await hub.Host.Client.PostAsync(Back, null);
        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
        using var unknown = await hub.Host.Client.GetAsync(new Uri("/api/vehicles/nobody/device-profile", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task The_key_is_the_owners_alone_and_handed_to_vehicles()
    {
        await using var hub = await StartAsync("unit-1");
        var file = Path.Combine(hub.Host.Folder, "signing", "profile.key");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(hub.Host.Services.GetRequiredService<SigningKey>().PublicPem, hub.Host.Services.GetRequiredService<HandedKeys>().ProfilePem);
        await File.WriteAllTextAsync(file, "no key");
        Assert.DoesNotContain("no key", Assert.Throws<InvalidOperationException>(() => SigningKey.Open(hub.Host.Folder)).Message, StringComparison.Ordinal);
    }

    private static object Fleet(int rate, int[] stages, string? canary = null, string[]? vehicles = null) => new
    {
        stages,
        canaries = canary is null ? Array.Empty<string>() : [canary],
        vehicles = (vehicles ?? ["unit-1", "unit-2"]).ToDictionary(v => v, _ => new { settings = JsonNode.Parse($"{{\"Motion\":{{\"RateHz\":{rate}}}}}"), origins = new Dictionary<string, string> { ["Motion:RateHz"] = "fleet.json" } }),
    };

    private static DeviceProfileReport Applied(DeviceProfile profile) => new()
    {
        Version = profile.StateVersion, Judged = profile.StateVersion, Outcome = DeviceProfileOutcome.Applied, Hash = SettingsDigest.Of(SettingsDigest.Leaves(profile.Settings)),
    };

    private static Task<Bench> StartAsync(params string[] vehicles) => StartInAsync(null, vehicles);

    private static async Task<Bench> StartInAsync(string? folder, params string[] vehicles)
    {
        var hub = await TestHub.StartAsync(folder: folder, change: services =>
        {
            services.AddClockRepairs(new IngestOptions());
            services.AddCrews();
            services.AddCatalogue(new CatalogueOptions());
            services.AddSingleton(_ => RateTable.Load(new WorkOrdersOptions().RatesFile));
            services.AddProfiles(new ProfilesOptions { ResendSeconds = 1, SoakMinutes = 0 });
        }, map: app => app.MapProfiles());
        foreach (var vehicle in vehicles) await hub.RegisterAsync(vehicle);
        return new Bench(hub);
    }

    private sealed class Bench(TestHub hub) : IAsyncDisposable
    {
        public TestHub Host => hub;

        public async Task SayAsync(string vehicle, DeviceProfileReport report)
        {
            hub.Broker.ToLive(new Topic("cambridge-ma", vehicle, Lane.Status).ToString(), Sample.Encode(new VehicleStatus { Online = true, DeviceProfile = report }));
            await hub.DrainedAsync();
        }

        public List<DeviceProfile> Sent(string vehicle)
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(hub.Services.GetRequiredService<SigningKey>().PublicPem);
            return
            [
                .. hub.Broker.Published.Where(m => Topic.TryParse(m.Topic) is { Lane: Lane.DeviceProfile } topic && topic.Vehicle == vehicle)
                    .Select(m => JsonSerializer.Deserialize(SignedBundle.Open(WireCodec.Decode(m.Payload).Span, SignedBundle.ProfileType, [key]), WireJson.Default.DeviceProfile)!),
            ];
        }

        public async Task<JsonElement> StateAsync(string state)
        {
            JsonElement rollOut = default;
            await Support.Eventually.TrueAsync(async () => (rollOut = (await hub.GetAsync("/api/device-profiles")).GetProperty("rollOut")).GetProperty("state").GetString() == state, $"the roll-out is {state}");
            return rollOut;
        }

        public ValueTask DisposeAsync() => hub.DisposeAsync();
    }
}
