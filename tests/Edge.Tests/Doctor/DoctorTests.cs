using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Console;
using ThreeOneOne.Field.Agent.Doctor;
using ThreeOneOne.Field.Agent.Enrolment;
using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Doctor;

/// <summary>Each thing that can be set up wrongly, set up wrongly.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private readonly DeviceClock clock = new(TimeProvider.System);

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public async Task A_wrong_setting_is_a_line_with_its_key()
    {
        Assert.Equal(1, await DoctorCommand.RunAsync(["--Vehicle:Id=Truck 1", "--Vehicle:Jurisdiction=cambridge-ma", "--Link:Host=127.0.0.1", "--Outbox:Colour=red"], false, TimeProvider.System, output, errors));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, l => l.StartsWith("WRONG  configuration  Vehicle:Id", StringComparison.Ordinal) && l.Contains(" → ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("Outbox:Colour", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Colours_come_on_a_terminal_only_and_json_is_json()
    {
        string[] arguments = ["--Vehicle:Id=truck-7", "--Vehicle:Jurisdiction=cambridge-ma", "--Link:Host=127.0.0.1", $"--Link:Port={FreePort.Next()}", $"--Vehicle:Data={folder.Path}", "--seconds", "5"];
        Assert.Equal(1, await DoctorCommand.RunAsync(arguments, false, TimeProvider.System, output, errors));
        Assert.DoesNotContain('\u001b', output.ToString());
        output.GetStringBuilder().Clear();
        await DoctorCommand.RunAsync(arguments, true, TimeProvider.System, output, errors);
        Assert.Contains("\u001b[1;31mWRONG", output.ToString(), StringComparison.Ordinal);
        output.GetStringBuilder().Clear();
        await DoctorCommand.RunAsync([.. arguments, "--json"], true, TimeProvider.System, output, errors);
        using var json = JsonDocument.Parse(output.ToString());
        var broker = json.RootElement.EnumerateArray().Single(f => f.GetProperty("name").GetString() == "broker");
        Assert.Equal("wrong", broker.GetProperty("state").GetString());
        Assert.NotEqual("", broker.GetProperty("remedy").GetString());
    }

    [Fact]
    public async Task Wrong_arguments_end_with_2()
    {
        Assert.Equal(2, await DoctorCommand.RunAsync(["--seconds", "soon"], false, TimeProvider.System, output, errors));
        Assert.Contains("--seconds", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_set_up_is_said_to_be_good_while_the_agent_runs_or_not()
    {
        await using var broker = await MosquittoServer.StartAsync();
        string[] arguments = ["--Vehicle:Id=truck-7", "--Vehicle:Jurisdiction=cambridge-ma", "--Link:Host=127.0.0.1", $"--Link:Port={broker.Port}", $"--Vehicle:Data={folder.Path}", "--Sealing:Enabled=false", "--seconds", "120"];
        Assert.Equal(0, await DoctorCommand.RunAsync(arguments, false, TimeProvider.System, output, errors));
        Assert.Contains("does not run", output.ToString(), StringComparison.Ordinal);
        output.GetStringBuilder().Clear();
        await using var held = DiskOutbox.Open(folder["outbox"], new OutboxOptions(), NullLogger.Instance);
        Assert.Equal(0, await DoctorCommand.RunAsync(arguments, false, TimeProvider.System, output, errors));
        Assert.Contains("runs as truck-7", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_hangs_costs_its_time_and_hides_nothing()
    {
        var findings = await Rounds.MakeAsync([new Hanging(), new ConfigurationFault("x")], TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        Assert.Equal(["hanging", "configuration"], findings.Select(f => f.Name));
        Assert.Contains("no answer within", findings[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_missing_full_and_not_a_folder_of_ours()
    {
        Assert.Equal(CheckState.Wrong, (await Look(new DiskCheck(folder["none"]))).State);
        Assert.Equal(CheckState.Wrong, (await Look(new DiskCheck(folder.Path, _ => 50_000_000))).State);
        Assert.Equal(CheckState.Note, (await Look(new DiskCheck(folder.Path, _ => 500_000_000))).State);
        Assert.NotEqual(CheckState.Wrong, (await Look(new DiskCheck(folder.Path, _ => 5_000_000_000))).State);
        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Equal(CheckState.Wrong, (await Look(new DiskCheck("/proc/self"))).State);
    }

    [Fact]
    public async Task Outbox_never_used_without_its_key_and_nearly_full()
    {
        Assert.Equal(CheckState.Note, (await Look(OutboxCheckOf(new OutboxOptions()))).State);
        await using (var outbox = DiskOutbox.Open(folder["outbox"], new OutboxOptions(), NullLogger.Instance))
        {
            outbox.Append(new Wire.WireRecord { Seq = 0, Stamp = clock.StampNow(), Health = new Wire.VehicleHealth { Sources = new Dictionary<string, string>() } }, RecordPriority.Bulk);
            await outbox.FlushAsync(CancellationToken.None);
        }

        Assert.Contains("1 records wait", (await Look(OutboxCheckOf(new OutboxOptions()))).Says, StringComparison.Ordinal);
        Assert.Contains("nearly full", (await Look(OutboxCheckOf(new OutboxOptions { MaxBytes = 10 }))).Says, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["data-key.json"], "{");
        Assert.Contains("key", (await Look(OutboxCheckOf(new OutboxOptions()))).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_impossible_unconfirmed_and_by_a_time_server()
    {
        var synchronized = folder["synchronized"];
        var past = new FixedTime(new DateTimeOffset(1970, 1, 2, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(CheckState.Wrong, (await Look(new ClockCheck(new DeviceClock(past, options: new ClockOptions { SynchronizedFile = synchronized }), past))).State);
        var now = new FixedTime(PackageBuild.Time.AddDays(30));
        Assert.Equal(CheckState.Note, (await Look(new ClockCheck(new DeviceClock(now, options: new ClockOptions { SynchronizedFile = synchronized }), now))).State);
        await File.WriteAllTextAsync(synchronized, "");
        Assert.Contains("time server", (await Look(new ClockCheck(new DeviceClock(now, options: new ClockOptions { SynchronizedFile = synchronized }), now))).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_of_another_ended_early_late_and_without_its_key()
    {
        using var certificates = new TestCertificates();
        var at = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        async Task<Finding> Of(TlsOptions files, string vehicle) => await Look(new CertificateCheck(files.CertificateFile, files.KeyFile, vehicle, () => at));
        var good = certificates.Client("truck-7");
        Assert.Equal(CheckState.Ok, (await Of(good, "truck-7")).State);
        Assert.Contains("truck-7", (await Of(good, "truck-8")).Says, StringComparison.Ordinal);
        Assert.Contains("ended", (await Of(certificates.Client("truck-1", until: at.AddDays(-1)), "truck-1")).Says, StringComparison.Ordinal);
        Assert.Contains("begins", (await Of(certificates.Client("truck-2", from: at.AddDays(1)), "truck-2")).Says, StringComparison.Ordinal);
        Assert.Equal(CheckState.Note, (await Of(certificates.Client("truck-3", until: at.AddDays(3)), "truck-3")).State);
        Assert.Equal(CheckState.Wrong, (await Of(good with { KeyFile = certificates.Client("truck-4").KeyFile }, "truck-7")).State);
        Assert.Equal(CheckState.Wrong, (await Of(good with { CertificateFile = folder["none"] }, "truck-7")).State);
    }

    [Fact]
    public async Task Broker_unknown_closed_silent_another_hubs_and_one_that_refuses()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        var files = certificates.Client("truck-7");
        await using var broker = await MosquittoServer.StartAsync(
            ["cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "require_certificate true", "use_identity_as_username true"], certificates.ServerFiles());
        async Task<Finding> Of(string host, int port, TlsOptions? with) => await Look(new BrokerCheck(host, port, with, "truck-7", clock));
        var good = await Of("localhost", broker.Port, files);
        Assert.True(good.State == CheckState.Ok, good.Says);
        Assert.Contains("certificate", (await Of("localhost", broker.Port, others.Client("truck-7"))).Says, StringComparison.Ordinal);
        Assert.Contains("refuses", (await Of("localhost", broker.Port, files with { CertificateFile = others.Client("truck-9").CertificateFile, KeyFile = others.Client("truck-9").KeyFile })).Says, StringComparison.Ordinal);
        Assert.Contains("not known", (await Of("no-such-host.invalid", broker.Port, files)).Says, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", (await Of("localhost", FreePort.Next(), files)).Says, StringComparison.Ordinal);
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var enough = new CancellationTokenSource();
        var look = new BrokerCheck("127.0.0.1", ((IPEndPoint)mute.LocalEndpoint).Port, null, "truck-7", clock).LookAsync(enough.Token);
        using (var reached = await mute.AcceptTcpClientAsync())
        {
            // It has been greeted, and says nothing.
            await reached.GetStream().ReadExactlyAsync(new byte[1]);
            await enough.CancelAsync();
            Assert.Contains("says nothing", (await look).Says, StringComparison.Ordinal);
        }

        await using var shut = await MosquittoServer.StartAsync(["allow_anonymous false"]);
        Assert.Contains("does not let truck-7 in", (await Of("127.0.0.1", shut.Port, null)).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vehicle_that_was_not_enrolled_has_no_door_and_a_closed_one_is_said()
    {
        Assert.Equal(CheckState.Skipped, (await Look(new DoorLook(null, clock))).State);
        Assert.Equal(CheckState.Skipped, (await Look(new DoorLook(new IdentityFolder(folder.Path), clock))).State);
        using var certificates = new TestCertificates();
        var files = certificates.Client("truck-7");
        File.Copy(files.CaFile, folder["ca.crt"]);
        File.Copy(files.CertificateFile, folder["vehicle.crt"]);
        File.Copy(files.KeyFile, folder["vehicle.key"]);
        await File.WriteAllTextAsync(folder["hub.json"], "{");
        Assert.Equal(CheckState.Wrong, (await Look(new DoorLook(new IdentityFolder(folder.Path), clock))).State);
        var place = new HubPlace("truck-7", "cambridge-ma", "crewed", new HubPlace.Address("127.0.0.1", 1), new HubPlace.Address("127.0.0.1", FreePort.Next()));
        await File.WriteAllTextAsync(folder["hub.json"], JsonSerializer.Serialize(place, JsonSerializerOptions.Web));
        Assert.Contains("cannot be reached", (await Look(new DoorLook(new IdentityFolder(folder.Path), clock))).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_absent_silent_under_a_roof_and_with_a_fix()
    {
        async Task<Finding> Of(string source)
        {
            var options = new PositionOptions { Source = source, StaleSeconds = 1 };
            var fixes = FixSources.Open(options, FixSources.Play(options, TimeProvider.System), clock, TimeProvider.System);
            // One that talks is listened to until it was heard, however busy the machine; from one that is not there nothing will come.
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(source.StartsWith("tcp:", StringComparison.Ordinal) ? 60 : 2));
            var look = new SourceCheck<Fix>("receiver", source, false, fixes.ReadAsync, () => fixes.Health, _ => "has a fix", "wiring", "sky").LookAsync(soon.Token);
            while (!look.IsCompleted && !fixes.Health.Talks) await Task.WhenAny(look, Task.Delay(20, CancellationToken.None));
            if (fixes.Health.Talks) await soon.CancelAsync();
            return await look;
        }

        Assert.Equal("wiring", (await Of("/dev/none")).Remedy);
        Assert.Equal("wiring", (await Of($"gpsd:127.0.0.1:{FreePort.Next()}")).Remedy);
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        var port = ((IPEndPoint)receiver.LocalEndpoint).Port;
        using var stop = new CancellationTokenSource();
        var talk = TalkAsync(receiver, stop.Token);
        var roofed = await Of($"tcp:127.0.0.1:{port}");
        Assert.Equal("sky", roofed.Remedy);
        Assert.Equal(CheckState.Note, roofed.State);
        await stop.CancelAsync();
        await talk;
        Assert.Equal(CheckState.Skipped, (await Look(new SourceCheck<Fix>("receiver", "", false, _ => AsyncEnumerable.Empty<Fix>(), () => new SourceHealth(SourceState.Unknown), _ => "", "", ""))).State);
        Assert.Equal(CheckState.Wrong, (await Look(new SourceCheck<Fix>("receiver", "/dev/none", true, _ => AsyncEnumerable.Empty<Fix>(), () => new SourceHealth(SourceState.Unknown), _ => "", "", ""))).State);
    }

    [Fact]
    public async Task Button_and_lamp_absent_unnamed_and_not_allowed()
    {
        var board = new GpioBoard(folder.Path);
        Assert.Equal(CheckState.Skipped, (await Look(new PinCheck("lamp", "", board))).State);
        Assert.Equal(CheckState.Wrong, (await Look(new PinCheck("button", "gpio:GPIO17", board))).State);
        Assert.Equal(CheckState.Wrong, (await Look(new PinCheck("button", "/dev/input/none", board))).State);
        Directory.CreateDirectory(folder["led"]);
        await File.WriteAllTextAsync(Path.Combine(folder["led"], "brightness"), "0");
        Assert.Equal(CheckState.Ok, (await Look(new PinCheck("lamp", folder["led"], board))).State);
        Assert.Equal(CheckState.Wrong, (await Look(new PinCheck("lamp", "/proc/self/mem/none", board))).State);
    }

    [Fact]
    public async Task Crew_page_without_a_page_on_a_port_of_another_and_silent_while_it_should_answer()
    {
        var free = new ConsoleOptions { Port = FreePort.Next(), PageFolder = folder.Path };
        Assert.Equal(CheckState.Skipped, (await Look(new PageCheck(new ConsoleOptions(), false))).State);
        Assert.Equal(CheckState.Note, (await Look(new PageCheck(new ConsoleOptions { Port = 1 }, false))).State);
        Assert.Equal(CheckState.Ok, (await Look(new PageCheck(free, false))).State);
        Assert.Equal(CheckState.Wrong, (await Look(new PageCheck(free, true))).State);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        Assert.Contains("another program", (await Look(new PageCheck(new ConsoleOptions { Port = ((IPEndPoint)other.LocalEndpoint).Port, PageFolder = folder.Path }, false))).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_not_sent_and_unreadable()
    {
        var check = new ProfileCheck(folder.Path, new DataKeyFile(folder.Path, new SealingOptions { Enabled = false }, null));
        Assert.Equal(CheckState.Note, (await Look(check)).State);
        await File.WriteAllTextAsync(folder["data-key.json"], "{");
        Assert.Equal(CheckState.Wrong, (await Look(check)).State);
    }

    private static Task<Finding> Look(ICheck check) => check.LookAsync(CancellationToken.None);

    private OutboxCheck OutboxCheckOf(OutboxOptions options) => new(folder.Path, options, new DataKeyFile(folder.Path, new SealingOptions { Enabled = false }, null));

    // A receiver that sees no satellite.
    private static async Task TalkAsync(TcpListener receiver, CancellationToken stop)
    {
        try
        {
            using var client = await receiver.AcceptTcpClientAsync(stop);
            await using var stream = client.GetStream();
            while (true)
            {
                await stream.WriteAsync("$GPGGA,000000.00,,,,,0,00,99.99,,,,,,*66\r\n$GPRMC,000000.00,V,,,,,,,,,,N*7B\r\n"u8.ToArray(), stop);
                await Task.Delay(100, stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The check has seen enough.
        }
    }

    private sealed class Hanging : ICheck
    {
        public string Name => "hanging";

        public Task<Finding> LookAsync(CancellationToken stop) => new TaskCompletionSource<Finding>().Task;
    }

    private sealed class FixedTime(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
