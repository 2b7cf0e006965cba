using System.IO.Compression;
using System.Text.Json;
using ThreeOneOne.Field.Support;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>City IT looks after a vehicle that it cannot walk to: by the commands, with a hub, a broker and an agent that run, to the vehicle's end.</summary>
[Collection(nameof(OneDemoAtATime))]
public sealed class CareTests(ITestOutputHelper output)
{
    private const string Unit = "unit-1";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task A_vehicle_blinks_sends_its_log_starts_anew_and_is_wiped_by_commands_alone()
    {
        await using var city = await RealCity.PrepareAsync("care");
        UnprivilegedUser.Current?.Own(city.Path);
        await city.StartAsync();
        await using var vehicle = await LaunchedAgent.InstallAsync(city, Unit, "0.1.0", "/none", 100_000);
        vehicle.Start();
        await vehicle.WorksAsync(Longest);
        async Task<(int Code, string Output, string Error)> TellAsync(params string[] arguments)
        {
            var told = await city.TellAsync(["vehicle", .. arguments]);
            output.WriteLine($"$ field-hub vehicle {string.Join(' ', arguments)}\n{told.Output}{told.Error}-> {told.Code}");
            return told;
        }

        await Eventually.TrueAsync(async () => (await city.DoneAsync("vehicle", "list")).Contains($"{Unit}\tonline\t", StringComparison.Ordinal), "the hub knows that it is there", Longest);
        Assert.Equal(1, (await TellAsync("command", "unit-9", "blink")).Code);

        var blink = await TellAsync("command", Unit, "blink", "--seconds", "2", "--wait", "240");
        Assert.Equal(0, blink.Code);

        var log = Path.Combine(city.Path, "data", "saved.log.gz");
        var logs = await TellAsync("command", Unit, "logs", "--wait", "240", "--save", log);
        Assert.Equal(0, logs.Code);
        var text = await UnpackedAsync(log);
        Assert.Contains("Connected to the hub's broker", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);

        Assert.Equal(0, (await TellAsync("command", Unit, "capture", "--seconds", "2", "--only", "size", "--wait", "240")).Code);
        // Raw readings tell more than a crew must be told about: none without a shift.
        var capture = await TellAsync("command", Unit, "capture", "--seconds", "2", "--wait", "240");
        Assert.Equal(1, capture.Code);
        Assert.Contains("shift", capture.Error, StringComparison.Ordinal);

        var restart = await TellAsync("command", Unit, "restart", "--wait", "240");
        Assert.Equal(0, restart.Code);
        await Eventually.TrueAsync(() => vehicle.Output.Split("Connected to the hub's broker").Length >= 3, $"it is there again\n{vehicle.State()}", Longest);

        var show = await TellAsync("show", Unit);
        Assert.Contains("certificate", show.Output, StringComparison.Ordinal);
        using (var health = JsonDocument.Parse(await city.Office.GetStringAsync(new Uri("/api/fleet/health", UriKind.Relative))))
        {
            output.WriteLine(health.RootElement.ToString());
            Assert.Contains(Unit, health.RootElement.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await TellAsync("command", Unit, "wipe")).Code);
        var own = Path.Combine(city.Path, Unit);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(own, "identity")));
        var wipe = await TellAsync("command", Unit, "wipe", "--vehicle", Unit, "--seconds", "60", "--wait", "240");
        Assert.Equal(0, wipe.Code);
        Assert.Contains("everything had been sent", wipe.Error, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            () => Leftovers(Path.Combine(own, "identity")).Concat(Leftovers(Path.Combine(own, "data"))).ToList() is var left && left.Count == 0, "nothing of it is left", Longest);
        await Eventually.TrueAsync(async () => (await city.DoneAsync("vehicle", "show", Unit)).Contains("revoked", StringComparison.Ordinal), "it is locked out", Longest);
        await TellAsync("show", Unit);
    }

    private static IEnumerable<string> Leftovers(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];

    private static async Task<string> UnpackedAsync(string file)
    {
        await using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        return await reader.ReadToEndAsync();
    }
}
