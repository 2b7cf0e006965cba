using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>The programs as they are installed: a hub that runs with its mosquitto, its commands, and folders of the agent's program. No root.</summary>
internal sealed partial class RealCity : IAsyncDisposable
{
    private static readonly TimeSpan UntilBuilt = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private readonly ServerFolder folder;
    private readonly int port = FreePort.Next();
    private readonly List<string> settings;
    private string hub = "";
    private ServerProcess? server;

    private RealCity(string name)
    {
        folder = new ServerFolder(name);
        settings =
        [
            $"--Hub:Port={port}", $"--Storage:Folder={folder.Path}/data", $"--Map:PageFolder={folder.Path}/page", $"--Map:TilesFile={folder.Path}/none.pmtiles",
            $"--Map:GlyphsFolder={folder.Path}/glyphs",
        ];
    }

    public string Path => folder.Path;

    public Uri Address => new($"http://127.0.0.1:{port}");

    /// <summary>A key of the role city-it.</summary>
    public string Key { get; private set; } = "";

    public HttpClient Office { get; } = new();

    /// <summary>Folder of the agent's program, readable by the servers' user.</summary>
    public string Agent { get; private set; } = "";

    /// <summary>Drops root's rights, where the tests have them.</summary>
    public static IReadOnlyList<string> Drop => UnprivilegedUser.Current is { } user ? ["setpriv", $"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"] : [];

    /// <summary>Builds what is not built, and starts nothing.</summary>
    public static async Task<RealCity> PrepareAsync(string name)
    {
        var city = new RealCity(name);
        // The same programs as the demo's; nothing is done when they are as new as their source.
        await using (var build = ServerProcess.Run("bash", ["-c", "set -euo pipefail; ROOT=$1; . \"$ROOT/hub/setup.sh\"; exec 9<\"$ROOT\"; flock 9; need_packages mosquitto=mosquitto libmosquitto.so.1=libmosquitto1; build_programs 9<&-", "build", Repository.Root]))
        {
            await Eventually.TrueAsync(() => build.HasExited, "the programs are built", UntilBuilt);
            if (!File.Exists(System.IO.Path.Combine(Repository.Root, "tests", "Fleet", "bin", ".built"))) throw new InvalidOperationException(build.Output);
        }

        city.hub = System.IO.Path.Combine(await city.CopyAsync(System.IO.Path.Combine("hub", "bin", "Release", "net10.0"), "hub"), "field-hub.dll");
        city.Agent = await city.CopyAsync(System.IO.Path.Combine("tests", "Fleet", "bin", "Release", "net10.0"), "agent");
        return city;
    }

    /// <summary>Starts the hub.</summary>
    /// <param name="more">Settings beside those that every test needs; commands get them, too.</param>
    public async Task StartAsync(params string[] more)
    {
        settings.AddRange(more);
        folder.HandOver();
        server = ServerProcess.Start("dotnet", [hub, "run", .. settings], "dotnet-sdk-10.0");
        await Eventually.TrueAsync(() => server.Output.Contains("field-hub listens on", StringComparison.Ordinal) || server.HasExited, "the hub serves", Longest);
        if (server.HasExited) throw new InvalidOperationException(server.Output);
        Key = (await DoneAsync("keys", "create", "--name", "test", "--role", "city-it")).Split('\n').First(l => l.StartsWith("fk_", StringComparison.Ordinal));
        Office.BaseAddress = Address;
        Office.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    /// <summary>Registers a vehicle.</summary>
    /// <returns>The file with its code, which the agent may remove.</returns>
    public async Task<string> EnrolAsync(string vehicle)
    {
        var code = Code().Match(await DoneAsync("enroll", vehicle, "--kind", "crewed")).Value;
        // Its folder is the agent's, which removes it.
        var own = Directory.CreateDirectory(System.IO.Path.Combine(Path, vehicle)).FullName;
        await File.WriteAllTextAsync(System.IO.Path.Combine(own, "enrol.code"), code);
        UnprivilegedUser.Current?.Own(own);
        return System.IO.Path.Combine(own, "enrol.code");
    }

    /// <summary>Runs a command of the hub beside it, which must succeed.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, output, error) = await TellAsync(arguments);
        return code == 0 ? output : throw new InvalidOperationException($"field-hub {string.Join(' ', arguments)} ended with {code}\n{output}\n{error}");
    }

    /// <summary>Runs a command of the hub.</summary>
    /// <param name="arguments">Its words and options, to which the hub's settings are added where a command takes them.</param>
    public Task<(int Code, string Output, string Error)> TellAsync(params string[] arguments) =>
        RunAsync(arguments is ["update", "key" or "sign", ..] or ["profile", ..] ? arguments : [.. arguments, .. settings]);

    public async ValueTask DisposeAsync()
    {
        Office.Dispose();
        if (server is not null) await server.DisposeAsync();
        folder.Dispose();
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(IEnumerable<string> arguments)
    {
        string[] command = [.. Drop, "dotnet", hub, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        if (Key.Length > 0) start.Environment["FIELD_HUB_KEY"] = Key;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Longest);
        return (process.ExitCode, await output, await error);
    }

    private async Task<string> CopyAsync(string built, string name)
    {
        var copy = System.IO.Path.Combine(folder.Path, name);
        using var copying = Process.Start("cp", ["-r", System.IO.Path.Combine(Repository.Root, built), copy]);
        await copying.WaitForExitAsync();
        return copy;
    }

    [GeneratedRegex("^[0-9A-Z]{6}(-[0-9A-Z]{2,6})+$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
