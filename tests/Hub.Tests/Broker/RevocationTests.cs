using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Hub.Tests.Broker;

/// <summary>A revocation reaches the live session, with the hub's own broker and with the city's.</summary>
public sealed class RevocationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_revoked_vehicle_is_put_out_at_once_stays_out_and_comes_back_by_a_code()
    {
        await using var hub = await BrokerHost.StartAsync();
        await using var other = await hub.VehicleAsync("truck-8");
        await using var truck = await hub.VehicleAsync("truck-7");
        using var office = await hub.ClientAsync();

        var began = Stopwatch.GetTimestamp();
        using var answer = await office.PostJsonAsync("/api/vehicles/truck-7/revocation", new { reason = "stolen" });
        Assert.Equal(1, (await answer.JsonAsync()).GetProperty("revoked").GetInt32());
        await Eventually.TrueAsync(() => !truck.IsConnected, "the session ends", Promise);
        output.WriteLine($"by the API, own broker: {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s");

        await RefusalAsync(truck);
        Assert.False(truck.IsConnected);
        // Nobody else is touched.
        Assert.Equal(DeliveryResult.Accepted, await SendAsync(other, "truck-8"));

        await using var again = await BrokerHost.ConnectAsync(await hub.EnrolAsync("truck-7"));
        Assert.Equal(DeliveryResult.Accepted, await SendAsync(again, "truck-7"));
    }

    [Fact]
    public async Task A_command_beside_the_hub_ends_the_session_within_a_minute()
    {
        await using var hub = await BrokerHost.StartAsync();
        await using var truck = await hub.VehicleAsync("truck-7");

        var began = Stopwatch.GetTimestamp();
        Assert.Equal(0, await CommandAsync(hub, "revoke", "truck-7", "--reason", "sold"));
        await Eventually.TrueAsync(() => !truck.IsConnected, "the session ends", Promise);
        output.WriteLine($"by the command, own broker: {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s");
        await RefusalAsync(truck);
    }

    [Fact]
    public async Task A_code_revokes_what_the_vehicle_had_before_and_ends_its_session()
    {
        await using var hub = await BrokerHost.StartAsync();
        await using var stolen = await hub.VehicleAsync("truck-7");

        await using var truck = await BrokerHost.ConnectAsync(await hub.EnrolAsync("truck-7"));

        await Eventually.TrueAsync(() => !stolen.IsConnected, "the session of the old card ends", Promise);
        await RefusalAsync(stolen);
        Assert.Equal(DeliveryResult.Accepted, await SendAsync(truck, "truck-7"));
    }

    [Fact]
    public async Task The_next_start_still_knows_who_is_revoked()
    {
        var folder = BrokerHost.NewFolder();
        try
        {
            LinkOptions card;
            await using (var first = await BrokerHost.StartAsync(folder))
            {
                await first.RegisterAsync("truck-7");
                card = await first.EnrolAsync("truck-7");
                using var office = await first.ClientAsync();
                using var answer = await office.PostJsonAsync("/api/vehicles/truck-7/revocation", new { });
            }

            // What is not in a backup.
            Directory.Delete(Path.Combine(folder, "broker"), recursive: true);
            await using var second = await BrokerHost.StartAsync(folder);
            await using var truck = MqttPublisher.Start(card with { Port = await second.Broker.Listening }, TimeProvider.System);
            await RefusalAsync(truck);
            Assert.False(truck.IsConnected);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_citys_own_broker_gets_rules_and_lists_and_its_session_ends_too()
    {
        using var rules = new ServerFolder("rules");
        var data = BrokerHost.NewFolder();
        try
        {
            using (var authority = CertificateAuthority.Open(data, new EnrolmentOptions(), TimeProvider.System))
            {
                authority.EnsureServer();
                authority.EnsureSession("hub-down");
                foreach (var (from, to) in new[] { (authority.AuthorityFile, "ca.crt"), (authority.ServerCertificateFile, "server.crt"), (authority.ServerKeyFile, "server.key") })
                    rules.Write(to, await File.ReadAllTextAsync(from));
                rules.Write("acl", "");
                rules.Write("crl.pem", authority.SignLists([], TimeSpan.FromDays(1)));
            }

            rules.HandOver();
            var pid = Path.Combine(rules.Path, "mosquitto.pid");
            await using var broker = await MosquittoServer.StartAsync(
            [
                .. new[] { "cafile", "certfile", "keyfile", "crlfile", "acl_file" }.Zip(["ca.crt", "server.crt", "server.key", "crl.pem", "acl"], (key, file) => $"{key} {rules.Path}/{file}"),
                "require_certificate true", "use_identity_as_username true", "use_username_as_clientid true", "allow_anonymous false", $"pid_file {pid}",
            ]);
            await using var hub = await BrokerHost.StartAsync(data, new BrokerOptions
            {
                Kind = BrokerKind.External, Port = broker.Port, RulesFolder = rules.Path, PidFile = pid,
                CaFile = Path.Combine(data, "ca", "trust.crt"), CertificateFile = Path.Combine(data, "ca", "hub-down.crt"), KeyFile = Path.Combine(data, "ca", "hub-down.key"),
            });
            await using var truck = await hub.VehicleAsync("truck-7");
            using var office = await hub.ClientAsync();

            var began = Stopwatch.GetTimestamp();
            using var answer = await office.PostJsonAsync("/api/vehicles/truck-7/revocation", new { });
            await Eventually.TrueAsync(() => !truck.IsConnected, "the session ends", Promise);
            output.WriteLine($"by the API, the city's broker: {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s");
            await RefusalAsync(truck);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_list_near_its_end_is_made_anew_by_itself_and_one_that_cannot_be_raises_an_alarm()
    {
        var clock = new TestClock();
        var logs = new KeptLog();
        await using var hub = await BrokerHost.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock), logs: logs);
        var watch = hub.Services.GetRequiredService<IdentityWatch>();
        await watch.ApplyAsync(default);
        var first = watch.ListsEnd!.Value;

        clock.Advance(TimeSpan.FromDays(16));
        await watch.ApplyAsync(default);
        Assert.True(watch.ListsEnd > first.AddDays(15));

        watch.Tell = (_, _) => throw new IOException("the disk is full");
        clock.Advance(TimeSpan.FromDays(16));
        await watch.ApplyAsync(default);
        Assert.Contains("the disk is full", logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be made anew", logs.All, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromDays(7));
        await watch.ApplyAsync(default);
        Assert.Contains("could not be made anew", logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_prints_a_code_registers_when_asked_to_and_a_running_hub_takes_notice()
    {
        await using var hub = await BrokerHost.StartAsync();
        Assert.Equal(2, await CommandAsync(hub, "enroll", "bus-9"));
        using var printed = new StringWriter();
        Assert.Equal(0, await CommandAsync(hub, printed, "enroll", "bus-9", "--kind", "sensor-only", "--hours", "2"));
        Assert.True(Wire.EnrolmentCode.TryParse(printed.ToString(), out var code, out var fault), fault);
        Assert.Equal(hub.Door.Port, code.Port);

        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var door = DoorClient.Open(hub.Door, hub.Services.GetRequiredService<CertificateAuthority>().AuthorityPem);
        var answer = await (await door.PostJsonAsync("/vehicle/v1/enrolment", new { code = code.SecretText, csr = DoorClient.Csr(key) })).JsonAsync();
        Assert.Equal("sensor-only", answer.GetProperty("kind").GetString());
        await using var bus = await BrokerHost.ConnectAsync(hub.LinkOf("bus-9", answer, answer.GetProperty("certificate").GetString()!, key.ExportPkcs8PrivateKeyPem()));
        Assert.Equal(DeliveryResult.Accepted, await SendAsync(bus, "bus-9"));
    }

    private static Task<int> CommandAsync(BrokerHost hub, params string[] args) => CommandAsync(hub, TextWriter.Null, args);

    private static Task<int> CommandAsync(BrokerHost hub, TextWriter output, params string[] args) => EnrolmentCommand.RunAsync(
        args, _ => new EnrolmentContext(TestStorage.Options(hub.Folder), hub.Services.GetRequiredService<EnrolmentOptions>(), "cambridge-ma"), output, TextWriter.Null, isTerminal: false);

    private static async Task<DeliveryResult> SendAsync(MqttPublisher link, string vehicle) =>
        await link.PublishAsync($"field/v1/cambridge-ma/{vehicle}/up", Encoding.UTF8.GetBytes("{}"), Qos.AtLeastOnce, false, default);

    /// <summary>Waits until the broker has shut the door more than once.</summary>
    private static async Task RefusalAsync(MqttPublisher link)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var refusals = 0;
        await foreach (var change in link.Events(late.Token))
        {
            if (change.Connected) refusals = 0;
            else if (++refusals >= 3) return;
        }
    }
}
