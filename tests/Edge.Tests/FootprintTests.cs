using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests;

/// <summary>What the real program brings into memory: a vehicle's computer is small. The figures: tests/bench.sh agent.</summary>
public sealed class FootprintTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_web_server_is_loaded_only_for_the_console_and_never_a_host_with_it(bool console)
    {
        var port = console ? FreePort.Next() : 0;
        await using var program = ServerProcess.Run("dotnet",
        [
            typeof(VehicleAgent).Assembly.Location, "run", "--Vehicle:Id=unit-1", "--Vehicle:Jurisdiction=cambridge-ma",
            $"--Vehicle:Data={folder["unit-1"]}", "--Link:Host=127.0.0.1", "--Link:Port=9", $"--Console:Port={port}",
        ]);
        await Eventually.TrueAsync(() => program.Output.Contains("[5101]", StringComparison.Ordinal), $"it tries to connect; {program.Output}");
        if (console) await Eventually.TrueAsync(() => Loaded(program).Contains("Microsoft.AspNetCore.Server.Kestrel.Core"), $"the console is served; {program.Output}");

        var loaded = Loaded(program);
        Assert.Contains("field-agent", loaded);
        if (!console) Assert.DoesNotContain(loaded, a => a.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain("Microsoft.AspNetCore.Routing", loaded);
        Assert.DoesNotContain("Microsoft.Extensions.DependencyInjection", loaded);
        Assert.DoesNotContain("Microsoft.Extensions.Hosting", loaded);
        Assert.DoesNotContain("Microsoft.Extensions.Logging.Console", loaded);
        Assert.DoesNotContain("System.IO.FileSystem.Watcher", loaded);
    }

    private static HashSet<string> Loaded(ServerProcess program) =>
        [.. File.ReadLines($"/proc/{program.Pid}/maps").Where(l => l.EndsWith(".dll", StringComparison.Ordinal)).Select(l => Path.GetFileNameWithoutExtension(l[l.IndexOf('/')..]))];
}
