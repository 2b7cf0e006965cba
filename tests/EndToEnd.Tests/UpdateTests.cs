using System.Diagnostics;
using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Support;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>
/// A version of the agent from the one who makes releases to the vehicle and back: the command, the hub with its mosquitto and its door, and
/// the agent's program under the package's launcher. FIELD_UPDATE_KILLS and FIELD_UPDATE_SEED make the loop of kills longer and another.
/// </summary>
[Collection(nameof(OneDemoAtATime))]
public sealed class UpdateTests(ITestOutputHelper output)
{
    private const int Kills = 6;
    private static readonly string?[] Aims = ["download", "unpack", "switch", "trial", "trial", null];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_version_is_tried_and_proven_a_broken_one_goes_by_itself_an_ordered_roll_back_comes_and_an_old_manifest_does_not()
    {
        await using var city = await RealCity.PrepareAsync("update");
        var keys = await MakeKeyAsync(city);
        await using var vehicle = await LaunchedAgent.InstallAsync(city, "truck-7", "0.1.5", keys, 100_000_000);
        vehicle.Start();
        await vehicle.WorksAsync(Longest);

        var began = Stopwatch.GetTimestamp();
        var good = await PackAsync(city, "good", null);
        await OfferAsync(city, good, "0.2.0");
        await UntilAsync(vehicle, () => vehicle.Current == "0.2.0", "0.2.0 is proven");
        await ToldAsync(city, "truck-7\t0.2.0\t");
        output.WriteLine($"signed, published, downloaded, tried and proven in {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s");

        // Its program ends as soon as it is started.
        began = Stopwatch.GetTimestamp();
        var kept = await File.ReadAllBytesAsync(good + ".update");
        await OfferAsync(city, await PackAsync(city, "broken", "this is no program\n"), "0.3.0");
        await UntilAsync(vehicle, () => vehicle.Failed.StartsWith("0.3.0 started ", StringComparison.Ordinal), "0.3.0 is taken back");
        Assert.Equal("0.2.0", vehicle.Current);
        await ToldAsync(city, "took 0.3.0 back");
        output.WriteLine($"a version that ends at its start is offered, tried and taken back in {Stopwatch.GetElapsedTime(began).TotalSeconds:f1} s");

        // Older than what runs, and than the package.
        await OfferAsync(city, await PackAsync(city, "older", null), "0.1.1", "--roll-back", "yes");
        await UntilAsync(vehicle, () => vehicle.Current == "0.1.1", "the vehicle went back to 0.1.1");
        await ToldAsync(city, "truck-7\t0.1.1\t");

        // The manifest that was good before the roll-back: what was taken from the fleet does not come back by it.
        await File.WriteAllBytesAsync(good + ".update", kept);
        await city.DoneAsync("update", "publish", good);
        await city.DoneAsync("update", "offer", "0.2.0", "--share", "100");
        await ToldAsync(city, "before what this vehicle proved last");
        Assert.Equal("0.1.1", vehicle.Current);
        Assert.Empty(Directory.EnumerateFileSystemEntries(vehicle.Versions, "*.part"));
    }

    [Fact]
    public async Task Whenever_the_power_goes_a_working_agent_starts()
    {
        var seed = Number("FIELD_UPDATE_SEED", 311);
        var kills = Number("FIELD_UPDATE_KILLS", Kills);
        var random = new Random(seed);
        await using var city = await RealCity.PrepareAsync("kills");
        var keys = await MakeKeyAsync(city);
        var archive = await PackAsync(city, "good", null);
        var size = new FileInfo(archive).Length;
        // Two seconds of it.
        await using var vehicle = await LaunchedAgent.InstallAsync(city, "truck-8", "0.1.0", keys, (int)(size / 2));
        await OfferAsync(city, archive, "0.2.0");
        var met = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (proven, slowest) = (0, TimeSpan.Zero);
        for (var kill = 0; kill < kills; kill++)
        {
            vehicle.Start();
            // Each phase in turn, a random moment after it began; then one at any moment from the start of the launcher on.
            if (Aims[kill % Aims.Length] is { } aim)
            {
                await Eventually.TrueAsync(() => LaunchedAgent.Phases.IndexOf(vehicle.Phase) >= LaunchedAgent.Phases.IndexOf(aim), $"the phase {aim}", Longest);
                await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * (aim == "trial" ? 2 : 0.2)));
            }
            else
            {
                await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 6));
            }

            await vehicle.KillAsync();
            var phase = vehicle.Phase;
            met[phase] = met.GetValueOrDefault(phase) + 1;

            var began = Stopwatch.GetTimestamp();
            vehicle.Start();
            await vehicle.WorksAsync(Longest);
            var took = Stopwatch.GetElapsedTime(began);
            if (took > slowest) slowest = took;
            await vehicle.KillAsync();
            // What is over begins again, from a blank folder.
            if (vehicle.Phase != "proven" && vehicle.Failed.Length == 0) continue;
            if (vehicle.Phase == "proven") proven++;
            Directory.Delete(vehicle.Versions, recursive: true);
        }

        vehicle.Start();
        await UntilAsync(vehicle, () => vehicle.Current == "0.2.0", "left alone it proves the version");
        output.WriteLine(
            $"seed {seed}: {kills} kills -9, met {string.Join(", ", met.Select(m => $"{m.Key} {m.Value}"))}; after each a working agent, at the slowest in {slowest.TotalSeconds:f1} s; the update was through {proven + 1} times");
    }

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static async Task UntilAsync(LaunchedAgent vehicle, Func<bool> condition, string what)
    {
        try
        {
            await Eventually.TrueAsync(condition, what, Longest);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{vehicle.State()}", e);
        }
    }

    private static async Task ToldAsync(RealCity city, string words)
    {
        var said = "";
        try
        {
            await Eventually.TrueAsync(async () => (said = await city.DoneAsync("update", "status")).Contains(words, StringComparison.Ordinal), $"the hub knows: {words}", Longest);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{said}", e);
        }
    }

    // Made before the hub starts, which reads the public half.
    private static async Task<string> MakeKeyAsync(RealCity city)
    {
        UnprivilegedUser.Current?.Own(city.Path);
        var key = Path.Combine(city.Path, "release.key");
        await city.DoneAsync("update", "key", key);
        await city.StartAsync($"--Updates:KeysFile={key}.pub");
        return key + ".pub";
    }

    private static async Task OfferAsync(RealCity city, string archive, string version, params string[] more)
    {
        await city.DoneAsync(["update", "sign", archive, "--key", Path.Combine(city.Path, "release.key"), "--version", version, .. more]);
        await city.DoneAsync("update", "publish", archive);
        await city.DoneAsync("update", "offer", version, "--share", "100");
    }

    /// <summary>The agent's program as an archive, as the packages' script makes it; another program when one is given.</summary>
    private static async Task<string> PackAsync(RealCity city, string name, string? program)
    {
        var (folder, archive) = (Path.Combine(city.Path, name), Path.Combine(city.Path, name + ".tar.gz"));
        using (var copying = Process.Start("cp", ["-r", city.Agent, folder])) await copying.WaitForExitAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "which"), name);
        if (program is not null) await File.WriteAllTextAsync(Path.Combine(folder, "field-agent.dll"), program, Encoding.ASCII);
        using (var packing = Process.Start("tar", ["-C", folder, "--format=ustar", "-czf", archive, "."])) await packing.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        UnprivilegedUser.Current?.Own(city.Path);
        return archive;
    }
}
