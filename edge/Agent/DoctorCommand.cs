using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.Agent.Doctor;
using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent;

/// <summary><c>field-agent doctor</c>: looks at everything that can be set up wrongly, while the agent runs or not.</summary>
internal static class DoctorCommand
{
    private const double UsualSeconds = 10;

    /// <param name="args"><c>--json</c>, <c>--seconds N</c>, and settings as of <c>run</c>.</param>
    /// <param name="coloured">The output is a terminal that shows colours.</param>
    /// <param name="time">Clocks.</param>
    /// <param name="output">Gets the report.</param>
    /// <param name="errors">Gets what is wrong with the arguments.</param>
    /// <returns>0: nothing is wrong; 1: something is; 2: wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] args, bool coloured, TimeProvider time, TextWriter output, TextWriter errors)
    {
        var json = args.Contains("--json");
        var seconds = UsualSeconds;
        var at = Array.IndexOf(args, "--seconds");
        if (at >= 0 && !(at + 1 < args.Length && double.TryParse(args[at + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out seconds) && seconds is >= 1 and <= 600))
        {
            await errors.WriteLineAsync("--seconds: expected a number from 1 to 600").ConfigureAwait(false);
            return SettingsReader.ExitCode;
        }

        string[] rest = [.. args.Where((a, i) => a != "--json" && (at < 0 || (i != at && i != at + 1)))];
        var faults = new StringWriter();
        var settings = AgentSettings.Read(rest, faults, Profile(rest));
        IReadOnlyList<ICheck> checks = settings is null
            ? [.. faults.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => new ConfigurationFault(l.Trim()))]
            : Checks(settings, time);
        List<Finding> findings = [.. await Rounds.MakeAsync(checks, TimeSpan.FromSeconds(seconds), time, CancellationToken.None).ConfigureAwait(false)];
        if (settings is not null) findings.Insert(0, Running(settings));
        if (json) DoctorReport.WriteJson(findings, output);
        else DoctorReport.WriteLines(findings, coloured, output);
        return findings.Exists(f => f.State == CheckState.Wrong) ? 1 : 0;
    }

    // With what the hub's device profile sets, as the agent reads it.
    private static JsonElement Profile(string[] args)
    {
        try
        {
            var data = SettingsReader.Read(args, AgentSettings.PackagesFile).Bind<VehicleOptions>("Vehicle").Data;
            return Directory.Exists(data) ? DeviceProfileFile.Open(data).InForce?.Settings ?? default : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The check of the disk says why.
            return default;
        }
    }

    private static Finding Running(AgentSettings settings) => IsRunning(settings.Options.Vehicle.Data)
        ? new Finding("agent", CheckState.Ok, $"runs as {settings.Options.Vehicle.Id}")
        : new Finding("agent", CheckState.Note, $"does not run; its settings are good, for {settings.Options.Vehicle.Id}", "sudo systemctl start field-agent");

    private static List<ICheck> Checks(AgentSettings settings, TimeProvider time)
    {
        var (vehicle, link) = (settings.Options.Vehicle, settings.Link);
        var runs = IsRunning(vehicle.Data);
        var parts = settings.Open(time);
        var clock = parts.Clock!;
        var key = new DataKeyFile(vehicle.Data, settings.Options.Sealing, AgentSettings.Credentials);
        var board = new GpioBoard();
        return
        [
            new DiskCheck(vehicle.Data),
            new OutboxCheck(vehicle.Data, settings.Options.Outbox, key),
            new ClockCheck(clock, time),
            new CertificateCheck(link.CertificateFile, link.KeyFile, vehicle.Id, () => clock.VerifyAt > time.GetUtcNow() ? clock.VerifyAt : time.GetUtcNow()),
            link.Kind == LinkKind.Azure ? new AzureCheck(settings.Azure.Host, settings.Azure.Port, settings.Azure.CaFile, clock)
            : new BrokerCheck(link.Host, link.Port, link.CaFile.Length == 0 ? null : new TlsOptions(link.CaFile, link.CertificateFile, link.KeyFile), vehicle.Id, clock),
            new DoorLook(settings.Identity, clock),
            new SourceCheck<Positioning.Fix>(
                "receiver",
                settings.Position.Source,
                runs && IsAlone(settings.Position.Source),
                parts.Fixes is { } fixes ? fixes.ReadAsync : _ => AsyncEnumerable.Empty<Positioning.Fix>(),
                () => parts.Fixes?.Health ?? new Positioning.SourceHealth(Positioning.SourceState.Unknown),
                f => string.Create(CultureInfo.InvariantCulture, $"has a fix{(f.Hdop is { } h ? $", HDOP {h:0.0}" : "")}"),
                settings.Position.Source.StartsWith("gpsd:", StringComparison.Ordinal) ? "systemctl status gpsd.socket, and DEVICES in /etc/default/gpsd; then the receiver's plug" : "check the receiver's plug, enable_uart=1 in /boot/firmware/config.txt, and Position:Source",
                "give the antenna a view of the sky; a cold receiver takes up to 15 minutes"),
            new SourceCheck<Motion.AccelBlock>(
                "accelerometer",
                settings.Motion.Source,
                runs && IsAlone(settings.Motion.Source),
                parts.Motion is { } motion ? motion.ReadAsync : _ => AsyncEnumerable.Empty<Motion.AccelBlock>(),
                () => parts.Motion?.Health ?? new Positioning.SourceHealth(Positioning.SourceState.Unknown),
                _ => "gives readings",
                "check its wires and its overlay in /boot/firmware/config.txt (i2cdetect -y 1 shows whether it answers), then restart",
                "its interrupt wire may be loose, or Motion:Trigger names none"),
            new RoadCheck(vehicle.Data, key, parts.Motion is not null, time),
            new SourceCheck<Light.LuxSample>(
                "light sensor",
                settings.Light.Source,
                false,
                parts.Light is { } light ? light.ReadAsync : _ => AsyncEnumerable.Empty<Light.LuxSample>(),
                () => parts.Light?.Health ?? new Positioning.SourceHealth(Positioning.SourceState.Unknown),
                l => string.Create(CultureInfo.InvariantCulture, $"shows {l.Lux:0.#} lux"),
                "check its wires and its overlay in /boot/firmware/config.txt (i2cdetect -y 1 shows whether it answers), then restart",
                "its wires may be loose"),
            new PinCheck("button", settings.Options.Button.Source, board),
            new PinCheck("lamp", settings.Options.Button.Lamp, board),
            new ProfileCheck(vehicle.Data, key),
            new PageCheck(settings.Options.Console, runs),
        ];
    }

    // What only one program can read at a time: a serial port, a sensor's buffer.
    private static bool IsAlone(string source) =>
        source.StartsWith("iio:", StringComparison.Ordinal) || (LineAddress.TryParse(source, out var address) && address.Kind == LineAddressKind.Device);

    // The outbox's own lock says so, whoever started the agent.
    private static bool IsRunning(string data)
    {
        var path = Path.Combine(data, "outbox", "lock");
        try
        {
            if (!File.Exists(path)) return false;
            using var mine = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, 0);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
