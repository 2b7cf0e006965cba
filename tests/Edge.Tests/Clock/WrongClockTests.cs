using ThreeOneOne.Field.Edge.Tests.Link;
using ThreeOneOne.Field.Edge.Tests.Uplink;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Clock;

/// <summary>The real program with a wrong wall clock against a real broker with TLS.</summary>
public sealed class WrongClockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestCertificates certificates = new();
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public void Dispose()
    {
        certificates.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("1970", true)]
    [InlineData("1970", false)]
    [InlineData("-30d", true)]
    [InlineData("-30d", false)]
    [InlineData("+20y", true)]
    [InlineData("+20y", false)]
    public async Task It_connects_and_a_completion_gets_through_and_its_time_is_right_once_there_is_a_fix(string wall, bool fix)
    {
        // The broker's certificate was renewed after everything that a vehicle without a clock has seen.
        await using var broker = await BrokerAsync(now.AddMinutes(-10), now.AddYears(1));
        await using var hub = await HubAsync(broker);
        await using var receiver = new LiveReceiver();
        var began = TimeProvider.System.GetUtcNow();
        await using var agent = AgentProcess.Start(wall, folder.Path, broker.Port, Vehicle(), fix ? [$"--Position:Source={receiver.Address}"] : []);
        await Eventually.TrueAsync(() => hub.Statuses.Any(s => s.Online), $"it connects; {agent.Output}");
        await agent.PressAsync("/console/shift", """{"state":"on","crew":"crew-1"}""");
        if (!fix)
        {
            Assert.Null(await CompleteAsync(agent, hub, began));
            return;
        }

        await Eventually.TrueAsync(() => hub.Records.Values.Any(r => r.Clock is not null), $"the repair arrives; {agent.Output}");
        var repair = Assert.Single(hub.Records.Values, r => r.Clock is not null).Clock!;
        Assert.Equal(ClockSource.Gps, repair.Source);
        var completed = await CompleteAsync(agent, hub, began, repair);
        Assert.NotNull(completed);

        // What was stamped before the fix is repaired by boot and monotonic offset alone.
        var signOn = hub.Records.Values.Single(r => r.Shift is not null).Stamp;
        Assert.Equal(repair.Boot, signOn.Boot);
        AssertAbout(began, DateTimeOffset.FromUnixTimeMilliseconds(repair.OffsetMs + signOn.MonotonicMs));
    }

    [Fact]
    public async Task A_receiver_whose_week_counter_has_rolled_over_gives_the_right_day()
    {
        await using var broker = await BrokerAsync(now.AddDays(-1), now.AddYears(1));
        await using var hub = await HubAsync(broker);
        await using var receiver = new LiveReceiver(TimeSpan.FromDays(1024 * 7));
        await using var agent = AgentProcess.Start("1970", folder.Path, broker.Port, Vehicle(), $"--Position:Source={receiver.Address}");
        await Eventually.TrueAsync(() => hub.Records.Values.Any(r => r.Clock is not null), $"the repair arrives; {agent.Output}");
        var record = hub.Records.Values.Single(r => r.Clock is not null);
        AssertAbout(now, DateTimeOffset.FromUnixTimeMilliseconds(record.Clock!.OffsetMs + record.Stamp.MonotonicMs));
    }

    [Theory]
    [InlineData("1970")]
    [InlineData("-30d")]
    public async Task A_certificate_that_has_really_expired_is_refused_once_the_time_is_known(string wall)
    {
        await using var broker = await BrokerAsync(now.AddDays(-60), now.AddMinutes(-5));
        await broker.KillAsync();
        await using var receiver = new LiveReceiver();
        await using var agent = AgentProcess.Start(wall, folder.Path, broker.Port, certificates.Client("truck-7"), $"--Position:Source={receiver.Address}");
        await Eventually.TrueAsync(() => agent.Output.Contains("The time is known", StringComparison.Ordinal), $"it has a fix; {agent.Output}");
        await broker.StartAgainAsync();
        await Eventually.TrueAsync(() => agent.Output.Contains("certificate has expired", StringComparison.Ordinal), $"it refuses; {agent.Output}");
        Assert.DoesNotContain("Connected to", agent.Output, StringComparison.Ordinal);
    }

    // The vehicle was enrolled an hour ago: that is the latest time that it has seen for certain.
    private TlsOptions Vehicle() => certificates.Client("truck-7", now.AddHours(-1), now.AddYears(1));

    private Task<MosquittoServer> BrokerAsync(DateTimeOffset from, DateTimeOffset until) => MosquittoServer.StartAsync(
        [
            "cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "require_certificate true",
            "use_identity_as_username true",
        ],
        certificates.ServerFiles(from: from, until: until));

    private async Task<SmallHub> HubAsync(MosquittoServer broker) => new(await LinkTest.ConnectAsync(
        LinkTest.Options(broker.Port, "hub") with { Tls = certificates.Client("hub"), Subscriptions = [Topic.AllUp, Topic.AllStatus] }));

    /// <returns>True time of the completion by the repair; null without one.</returns>
    private static async Task<DateTimeOffset?> CompleteAsync(AgentProcess agent, SmallHub hub, DateTimeOffset began, ClockRepair? repair = null)
    {
        await hub.SendAsync(Lane.Orders, TestVehicle.Orders(1, TestVehicle.Order("o1", 42.37, -71.11)), WireJson.Default.OrdersState);
        await agent.PressAsync("/console/actions", """{"id":"a1","kind":"complete","order":"o1"}""");
        await Eventually.TrueAsync(() => hub.Records.Values.Any(r => r.Action is not null), $"the completion arrives; {agent.Output}");
        var stamp = hub.Records.Values.Single(r => r.Action is not null).Stamp;
        if (repair is null)
        {
            Assert.Equal((ClockSource.Unset, (int?)null), (stamp.Clock, stamp.UncertaintyMs));
            Assert.True((stamp.DeviceTime - began).Duration() > TimeSpan.FromDays(29));
            return null;
        }

        Assert.Equal((ClockSource.Gps, repair.Boot), (stamp.Clock, stamp.Boot));
        AssertAbout(began, stamp.DeviceTime);
        return DateTimeOffset.FromUnixTimeMilliseconds(repair.OffsetMs + stamp.MonotonicMs);
    }

    private static void AssertAbout(DateTimeOffset began, DateTimeOffset time) =>
        Assert.InRange(time, began.AddSeconds(-2), TimeProvider.System.GetUtcNow().AddSeconds(2));
}
