using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ThreeOneOne.Field.Support;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>
/// From a blank computer to its first accepted reading: the programs as they are installed, a code in a file, a receiver and a button
/// from recordings, and nobody who does anything else.
/// </summary>
[Collection(nameof(OneDemoAtATime))]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed by DisposeAsync of the test framework.")]
public sealed partial class BlankVehicleTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan UntilBuilt = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private readonly ServerFolder folder = new("blank");
    private readonly int port = FreePort.Next();
    private readonly List<ServerProcess> programs = [];
    private string hub = "";
    private string agent = "";

    public async Task InitializeAsync()
    {
        await BuildAsync();
        hub = await ReadableAsync("hub", "field-hub.dll");
        agent = await ReadableAsync("tests/Fleet", "field-agent.dll");
    }

    public async Task DisposeAsync()
    {
        foreach (var program in programs.AsEnumerable().Reverse()) await program.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_blank_vehicle_reports_over_mutual_TLS_with_nothing_but_a_code_in_a_file()
    {
        folder.HandOver();
        var server = Run(hub, ["run", .. Settings]);
        await Eventually.TrueAsync(() => server.Output.Contains("field-hub listens on", StringComparison.Ordinal) || server.HasExited, "the hub serves", Longest);
        var key = (await TellAsync(["keys", "create", "--name", "test", "--role", "city-it", .. Settings])).Split('\n').First(l => l.StartsWith("fk_", StringComparison.Ordinal));
        var printed = await TellAsync(["enroll", "truck-7", "--kind", "crewed", .. Settings]);
        var code = Code().Match(printed).Value;
        Assert.NotEmpty(code);
        using var office = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        office.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using (var crew = await office.PostAsJsonAsync(new Uri("/api/crews", UriKind.Relative), new { id = "paving", name = "Paving", members = new[] { "m-1" } })) crew.EnsureSuccessStatusCode();

        // The card as it comes from the office: the program's settings, and the code.
        var codeFile = folder.Write("enrol.code", code + "\n");
        var now = TimeProvider.System.GetUtcNow();
        var settings = new
        {
            Vehicle = new { Identity = $"{folder.Path}/identity", Data = $"{folder.Path}/vehicle" },
            Enrolment = new { CodeFiles = new[] { codeFile }, CheckSeconds = 0.2 },
            Position = new { Source = "file:" + folder.Write("drive.nmea", Drive(now)) },
            Button = new { Source = "file:" + folder.Write("button.csv", $"{now.ToUnixTimeMilliseconds() + 1_000},1\n{now.ToUnixTimeMilliseconds() + 6_500},0\n"), Crew = "paving" },
            Tracks = new { Seconds = 2.0 },
        };
        var configuration = folder.Write("agent.json", JsonSerializer.Serialize(settings));
        UnprivilegedUser.Current?.Own(codeFile);
        var began = Stopwatch.GetTimestamp();
        var vehicle = Run(agent, ["run", "--config", configuration]);

        var first = await AcceptedAsync(office, vehicle, _ => true);
        output.WriteLine($"first accepted record {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s after the start: {first}");
        var position = await AcceptedAsync(office, vehicle, line => line.Contains("\"track\"", StringComparison.Ordinal));
        output.WriteLine($"first accepted positions {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s after the start, of which the button is held for 5.5 s: {position}");

        // Mutual TLS: the broker takes the vehicle's name from its certificate, and lets nobody in without one.
        var broker = await File.ReadAllTextAsync(Path.Combine(folder.Path, "data", "broker", "mosquitto.conf"));
        Assert.Contains("require_certificate true", broker, StringComparison.Ordinal);
        Assert.Single(LinesOf(broker), l => l.StartsWith("listener ", StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode($"{folder.Path}/identity/vehicle.key"));
        Assert.False(File.Exists(codeFile), "a used code is removed");
        var secret = await File.ReadAllLinesAsync($"{folder.Path}/identity/vehicle.key");
        foreach (var hidden in secret.Where(l => l.Length > 20 && l[0] != '-').Append(code).Append(code.Replace("-", "", StringComparison.Ordinal)).Append(key))
        {
            Assert.DoesNotContain(hidden, vehicle.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(hidden, server.Output, StringComparison.Ordinal);
        }

        await ComesBackAsync(office, codeFile, vehicle);
    }

    /// <summary>Revoked, and enrolled again by another code: the same vehicle, epoch and records, without a restart.</summary>
    private async Task ComesBackAsync(HttpClient office, string codeFile, ServerProcess vehicle)
    {
        var certificate = Path.Combine(folder.Path, "identity", "vehicle.crt");
        await TellAsync(["revoke", "truck-7", "--reason", "lost", .. Settings]);
        var began = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(async () => !await IsOnlineAsync(office), "the session ends", Longest, TimeSpan.FromMilliseconds(100));
        output.WriteLine($"session ended {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s after field-hub revoke");
        var (before, revoked) = (await LedgerAsync(office), await File.ReadAllTextAsync(certificate));

        var code = Code().Match(await TellAsync(["enroll", "truck-7", .. Settings])).Value;
        await File.WriteAllTextAsync(codeFile + ".new", code);
        UnprivilegedUser.Current?.Own(codeFile + ".new");
        File.Move(codeFile + ".new", codeFile);
        await Eventually.TrueAsync(
            async () => (await LedgerAsync(office)).Length > before.Length, "what waited on the vehicle is accepted\n" + vehicle.Output, Longest, TimeSpan.FromMilliseconds(100));

        Assert.Single((await LedgerAsync(office)).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("epoch").GetString()).Distinct());
        Assert.NotEqual(revoked, await File.ReadAllTextAsync(certificate));
    }

    private static async Task<string[]> LedgerAsync(HttpClient office) =>
        (await office.GetStringAsync(new Uri("/api/ingest/ledger?vehicle=truck-7", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<bool> IsOnlineAsync(HttpClient office) =>
        JsonDocument.Parse(await office.GetStringAsync(new Uri("/api/vehicles/truck-7", UriKind.Relative))).RootElement.GetProperty("online").GetBoolean();

    [Fact]
    public async Task A_certificate_whose_time_has_come_is_renewed_with_a_new_key_and_the_vehicle_stays_connected()
    {
        folder.HandOver();
        var server = Run(hub, ["run", .. Settings]);
        await Eventually.TrueAsync(() => server.Output.Contains("field-hub listens on", StringComparison.Ordinal) || server.HasExited, "the hub serves", Longest);
        var code = Code().Match(await TellAsync(["enroll", "bus-9", "--kind", "crewed", .. Settings])).Value;
        var codeFile = folder.Write("enrol.code", code);
        var settings = new
        {
            Vehicle = new { Identity = $"{folder.Path}/identity", Data = $"{folder.Path}/vehicle" },
            Enrolment = new { CodeFiles = new[] { codeFile }, CheckSeconds = 0.2, RenewAt = 0.0, LookHours = 0.002 },
        };
        var configuration = folder.Write("agent.json", JsonSerializer.Serialize(settings));
        UnprivilegedUser.Current?.Own(codeFile);
        var vehicle = Run(agent, ["run", "--config", configuration]);

        // By the clock the certificate is as young as can be: a share of nothing makes its time come at once.
        await Eventually.TrueAsync(() => vehicle.Output.Contains("The certificate is renewed", StringComparison.Ordinal), "the certificate is renewed\n" + vehicle.Output, Longest);
        await Eventually.TrueAsync(() => vehicle.Output.Contains("Connected to the hub's broker", StringComparison.Ordinal), "the vehicle is connected", Longest);
        Assert.False(vehicle.HasExited, vehicle.Output);
        Assert.DoesNotContain("error:", vehicle.Output, StringComparison.Ordinal);
    }

    private IEnumerable<string> Settings =>
    [
        $"--Hub:Port={port}", $"--Storage:Folder={folder.Path}/data", $"--Map:PageFolder={folder.Path}/page", $"--Map:TilesFile={folder.Path}/none.pmtiles", $"--Map:GlyphsFolder={folder.Path}/glyphs",
    ];

    private static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.TrimEntries);

    private ServerProcess Run(string program, IEnumerable<string> arguments)
    {
        var started = ServerProcess.Start("dotnet", [program, .. arguments], "dotnet-sdk-10.0");
        programs.Add(started);
        return started;
    }

    /// <returns>What a command printed.</returns>
    private async Task<string> TellAsync(IEnumerable<string> arguments)
    {
        var command = Run(hub, arguments);
        await Eventually.TrueAsync(() => command.HasExited, "the command ends", Longest);
        await Eventually.TrueAsync(() => command.Output.Length > 0, "it said something");
        return command.Output;
    }

    private static async Task<string> AcceptedAsync(HttpClient office, ServerProcess vehicle, Func<string, bool> isWanted)
    {
        var found = "";
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    found = (await LedgerAsync(office)).FirstOrDefault(isWanted) ?? "";
                    return found.Length > 0;
                },
                "the hub accepts a reading", Longest, TimeSpan.FromMilliseconds(100));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{vehicle.Output}", e);
        }

        return found;
    }

    /// <summary>A quarter of a minute in the yard, then along Massachusetts Avenue at 10 m/s, as a receiver would say it.</summary>
    private static string Drive(DateTimeOffset from)
    {
        var text = new StringBuilder();
        for (var second = 0; second < 180; second++)
        {
            var at = from.AddSeconds(second);
            var driven = Math.Max(0, second - 15);
            var (lat, lon) = (42.3655 + driven * 0.00006, -71.1040 - driven * 0.00009);
            var place = string.Create(CultureInfo.InvariantCulture, $"{Angle(lat, 2)},N,{Angle(-lon, 3)},W");
            Say(string.Create(CultureInfo.InvariantCulture, $"GPGGA,{at:HHmmss}.00,{place},1,09,0.9,12.0,M,-33.0,M,,"));
            Say(string.Create(CultureInfo.InvariantCulture, $"GPRMC,{at:HHmmss}.00,A,{place},{(driven == 0 ? 0.0 : 19.4):f1},312.0,{at:ddMMyy},,,A"));
        }

        return text.ToString();

        static string Angle(double degrees, int digits) =>
            ((int)degrees).ToString("D" + digits, CultureInfo.InvariantCulture) + ((degrees - (int)degrees) * 60).ToString("00.00000", CultureInfo.InvariantCulture);

        void Say(string sentence) => text.Append(CultureInfo.InvariantCulture, $"${sentence}*{sentence.Aggregate(0, (sum, c) => sum ^ c):X2}\r\n");
    }

    private static async Task BuildAsync()
    {
        // The same programs as the demo's; nothing is done when they are as new as their source.
        var build = ServerProcess.Run("bash", ["-c", "set -euo pipefail; ROOT=$1; . \"$ROOT/hub/setup.sh\"; exec 9<\"$ROOT\"; flock 9; need_packages mosquitto=mosquitto libmosquitto.so.1=libmosquitto1; build_programs 9<&-", "build", Repository.Root]);
        await using (build)
        {
            await Eventually.TrueAsync(() => build.HasExited, "the programs are built", UntilBuilt);
            Assert.True(File.Exists(Path.Combine(Repository.Root, "tests", "Fleet", "bin", ".built")), build.Output);
        }
    }

    /// <summary>Where the checkout belongs to root alone, the servers' user gets a copy that it can read.</summary>
    private async Task<string> ReadableAsync(string room, string program)
    {
        var built = Path.Combine(Repository.Root, room, "bin", "Release", "net10.0");
        if (UnprivilegedUser.Current is null) return Path.Combine(built, program);
        var copy = Path.Combine(folder.Path, Path.GetFileNameWithoutExtension(program));
        using var copying = Process.Start("cp", ["-r", built, copy]);
        await copying.WaitForExitAsync();
        return Path.Combine(copy, program);
    }

    [GeneratedRegex("^[0-9A-Z]{6}(-[0-9A-Z]{2,6})+$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
