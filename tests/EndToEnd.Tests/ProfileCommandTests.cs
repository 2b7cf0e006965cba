using System.Net;
using System.Net.Sockets;
using ThreeOneOne.Field.Support;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>Profiles from a folder to vehicles and back, as the one at the desk does it: by the command, with a hub and agents that run.</summary>
[Collection(nameof(OneDemoAtATime))]
public sealed class ProfileCommandTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task A_folder_is_rolled_out_a_bad_one_stops_at_its_canary_and_is_taken_back_by_commands_alone()
    {
        await using var city = await RealCity.PrepareAsync("profiles");
        UnprivilegedUser.Current?.Own(city.Path);
        await city.StartAsync("--Profiles:ResendSeconds=1", "--Profiles:SoakMinutes=0");
        await using var first = await LaunchedAgent.InstallAsync(city, "unit-1", "0.1.0", "/none", 100_000, trialMinutes: 0.1);
        await using var second = await LaunchedAgent.InstallAsync(city, "unit-2", "0.1.0", "/none", 100_000, trialMinutes: 0.1);
        first.Start();
        second.Start();
        await first.WorksAsync(Longest);
        await second.WorksAsync(Longest);
        var folder = Path.Combine(city.Path, "folder");
        async Task<(int Code, string Output, string Error)> TellAsync(params string[] arguments)
        {
            var told = await city.TellAsync(["profile", .. arguments, "--hub", city.Address.ToString()]);
            output.WriteLine($"$ field-hub profile {string.Join(' ', arguments)}\n{told.Output}{told.Error}-> {told.Code}");
            return told;
        }

        Assert.Equal("nothing was rolled out\n", (await TellAsync("status")).Output);
        var nothing = await TellAsync("roll-back");
        Assert.Equal(1, nothing.Code);
        Assert.Contains("nothing was ever rolled out", nothing.Error, StringComparison.Ordinal);
        Write(folder, """{ "Uplink": { "BatchRecords": 30 } }""");
        Assert.Contains("Uplink:BatchRecords", (await TellAsync("diff", folder, "--against", "rolled-out")).Output, StringComparison.Ordinal);
        Assert.Contains("--stages = '5,many'", (await TellAsync("roll-out", folder, "--stages", "5,many")).Error, StringComparison.Ordinal);

        var good = await TellAsync("roll-out", folder, "--stages", "50, 100", "--canaries", "unit-1", "--wait", "yes");
        Assert.Equal(0, good.Code);
        Assert.Contains(": done, stage 2 of 2 (100 %), 2 of 2 vehicles may have it, 2 proved it, 0 refused it", good.Output, StringComparison.Ordinal);
        Assert.Contains("unit-2\tstage 2\tapplied\tas meant", good.Output, StringComparison.Ordinal);
        Assert.Equal((1, ""), ((await TellAsync("roll-out", folder)) is var again ? (again.Code, again.Output) : default));

        // A receiver that nobody made: the canary tries it, and takes it back.
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        Write(folder, $$"""{ "Uplink": { "BatchRecords": 30 }, "Position": { "Source": "tcp:127.0.0.1:{{port}}" } }""");
        var bad = await TellAsync("roll-out", folder, "--stages", "50,100", "--canaries", "unit-1", "--wait", "yes");
        Assert.Equal(1, bad.Code);
        Assert.Contains("stopped: 1 of 1 vehicles are unwell: unit-1: position: missing", bad.Output, StringComparison.Ordinal);
        Assert.Contains("field-hub profile roll-back", bad.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("unit-2\tstage 2\ttrying", bad.Output, StringComparison.Ordinal);

        var back = await TellAsync("roll-back", "--wait", "yes");
        Assert.Equal(0, back.Code);
        // Why the profile before it failed is no news of this one.
        Assert.DoesNotContain("missing", back.Output, StringComparison.Ordinal);
        var status = await TellAsync("status");
        Assert.Contains("roll-back of ", status.Output, StringComparison.Ordinal);
        Assert.Contains("unit-1\tstage 1\tapplied\tas meant", status.Output, StringComparison.Ordinal);
        await NobodyElseAsync(city);
    }

    private static async Task NobodyElseAsync(RealCity city)
    {
        var wrong = Path.Combine(city.Path, "wrong.key");
        await File.WriteAllTextAsync(wrong, "fk_nobody");
        var refused = await city.TellAsync("profile", "status", "--hub", city.Address.ToString(), "--key-file", wrong);
        Assert.Equal(1, refused.Code);
        Assert.Contains("401", refused.Error, StringComparison.Ordinal);
        var away = await city.TellAsync("profile", "status", "--hub", $"http://127.0.0.1:{FreePort.Next()}");
        Assert.Equal(1, away.Code);
        Assert.Contains("does not answer", away.Error, StringComparison.Ordinal);
    }

    private static void Write(string folder, string fleet)
    {
        void File(string name, string text)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, text);
        }

        File("fleet.json", fleet);
        File("types/truck.json", "{}");
        File("vehicles/unit-1.json", """{ "Type": "truck" }""");
        File("vehicles/unit-2.json", """{ "Type": "truck" }""");
        UnprivilegedUser.Current?.Own(folder);
    }
}
