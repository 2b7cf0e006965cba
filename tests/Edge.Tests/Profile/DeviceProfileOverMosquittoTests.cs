using System.Security.Cryptography;
using System.Text.Json;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Edge.Tests.Clock;
using ThreeOneOne.Field.Edge.Tests.Link;
using ThreeOneOne.Field.Edge.Tests.Uplink;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Profile;

/// <summary>The program as a process that a service manager keeps running, over a real broker.</summary>
public sealed class DeviceProfileOverMosquittoTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly LiveReceiver receiver = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_good_profile_stays_and_one_that_blinds_the_vehicle_is_rolled_back_also_after_power_cuts()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var hub = new SmallHub(await LinkTest.ConnectAsync(LinkTest.Options(broker.Port, "hub") with { Subscriptions = [Topic.AllUp, Topic.AllStatus] }));
        await using var agent = Start(broker.Port);
        await ReportAsync(hub, agent, r => r.Version == 0, "it is there");

        await SendAsync(hub, broker, 10, new { Uplink = new { BatchRecords = 30 } });
        await ReportAsync(hub, agent, r => r is { Version: 10, Outcome: DeviceProfileOutcome.Applied }, "the good one proved itself");
        var good = hub.Statuses.Last().DeviceProfile!;
        Assert.Equal(SettingsDigest.Of([new("Uplink:BatchRecords", "30")]), good.Hash);
        // Its own file's key beside the profile is drift; identity, link and what names files are not.
        Assert.Contains("Outbox:GroupSeconds", good.Local!);
        Assert.DoesNotContain(good.Local!, k => k.StartsWith("Link", StringComparison.Ordinal) || k.StartsWith("Vehicle", StringComparison.Ordinal));

        // A receiver that is not there. The power goes in the middle.
        await SendAsync(hub, broker, 11, new { Position = new { Source = $"tcp:127.0.0.1:{FreePort.Next()}" } });
        await ReportAsync(hub, agent, r => r is { Version: 11, Outcome: DeviceProfileOutcome.Trying }, "on trial");
        await agent.KillAsync();
        await ReportAsync(hub, agent, r => r is { Version: 10, Judged: 11, Outcome: DeviceProfileOutcome.RolledBack }, "rolled back");
        Assert.Contains("position", hub.Statuses.Last().DeviceProfile!.Reason);

        // What does not fit is never in force; what is not the hub's changes nothing.
        await SendAsync(hub, broker, 12, new { Light = new { RateHz = 900 } });
        await ReportAsync(hub, agent, r => r is { Version: 10, Judged: 12, Outcome: DeviceProfileOutcome.Refused }, "refused");
        await SendAsync(hub, broker, 13, new { Link = new { Host = "evil.example" } });
        await ReportAsync(hub, agent, r => r is { Version: 10, Judged: 13, Outcome: DeviceProfileOutcome.Refused }, "refused too");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await SendAsync(hub, broker, 14, new { Uplink = new { BatchRecords = 1 } }, other);
        await ReportAsync(hub, agent, r => r is { Version: 10, Judged: 13, Foreign: 1 }, "counted");
    }

    private SupervisedProcess Start(int port)
    {
        File.WriteAllText(folder["keys.pem"], key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(folder["agent.json"], JsonSerializer.Serialize(new
        {
            Vehicle = new { Id = "unit-214", Jurisdiction = "cambridge-ma", Data = folder["data"] },
            Link = new { Host = "127.0.0.1", Port = port, ProfileKeysFile = folder["keys.pem"] },
            Position = new { Source = receiver.Address },
            Uplink = new { StatusSeconds = 0.2, AckSeconds = 1 },
            Outbox = new { GroupSeconds = 0.05 },
            // Longer than a start on a busy machine takes until the receiver was heard.
            Trial = new { Minutes = 0.4, SettleSeconds = 0.5 },
            Clock = new { SynchronizedFile = "" },
        }));
        return new SupervisedProcess(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(VehicleAgent).Assembly.Location, "run", "--config", folder["agent.json"]]);
    }

    private async Task SendAsync(SmallHub hub, MosquittoServer broker, long version, object settings, ECDsa? signer = null)
    {
        Assert.NotEmpty(hub.Statuses);
        var profile = new DeviceProfile { Vehicle = "unit-214", Jurisdiction = "cambridge-ma", StateVersion = version, Settings = JsonSerializer.SerializeToElement(settings) };
        var bundle = SignedBundle.Sign(signer ?? key, SignedBundle.ProfileType, JsonSerializer.SerializeToUtf8Bytes(profile, WireJson.Default.DeviceProfile));
        await using var link = await LinkTest.ConnectAsync(LinkTest.Options(broker.Port, "sender"));
        Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync("field/v1/cambridge-ma/unit-214/down/device-profile", WireCodec.Encode(bundle), Qos.AtLeastOnce, false, default));
    }

    private static async Task ReportAsync(SmallHub hub, SupervisedProcess agent, Func<DeviceProfileReport, bool> condition, string what)
    {
        try
        {
            await Eventually.TrueAsync(() => hub.Statuses.LastOrDefault() is { Online: true, DeviceProfile: { } report } && condition(report), what, Longest);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what}: {JsonSerializer.Serialize(hub.Statuses.LastOrDefault()?.DeviceProfile)}\n{agent.Output}", e);
        }
    }
}
