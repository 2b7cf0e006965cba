using System.Diagnostics;
using System.Text.Json;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>
/// A vehicle whose program is started by the package's own launcher in a root of its own, and again whenever it ends, as systemd does.
/// </summary>
internal sealed class LaunchedAgent : IAsyncDisposable
{
    /// <summary>What <see cref="Phase"/> may be, in their order.</summary>
    public static List<string> Phases { get; } = ["before", "download", "unpack", "switch", "trial", "proven"];

    private readonly string[] command;
    private SupervisedProcess? running;

    private LaunchedAgent(string root, string versions, string configuration)
    {
        Versions = versions;
        command = [.. RealCity.Drop, "env", "-u", "RUNTIME_DIRECTORY", $"FIELD_VERSIONS={versions}", "sh", Path.Combine(root, "launch"), "run", "--config", configuration];
    }

    /// <summary>Folder of the versions beside the package's own.</summary>
    public string Versions { get; }

    public string Output => running?.Output ?? "";

    /// <summary>The proven version; the package's own when there is none.</summary>
    public string Current => Read("current");

    public string Failed => Read("failed");

    /// <summary>Where an update is: what a kill meets.</summary>
    public string Phase =>
        !Directory.Exists(Versions) ? "before"
        : File.Exists(Path.Combine(Versions, "next")) ? File.Exists(Path.Combine(Versions, "starts")) ? "trial" : "switch"
        : Directory.EnumerateDirectories(Versions, "*.new").Any() ? "unpack"
        : Directory.EnumerateFiles(Versions, "*.part").Any() ? "download"
        : Current.Length > 0 ? "proven" : "before";

    /// <param name="city">The hub's.</param>
    /// <param name="vehicle">Its id.</param>
    /// <param name="package">Version of the package.</param>
    /// <param name="keys">File of the public release keys.</param>
    /// <param name="bytesPerSecond">Rate of its downloads.</param>
    /// <param name="trialMinutes">Until a change that is not well is taken back.</param>
    public static async Task<LaunchedAgent> InstallAsync(RealCity city, string vehicle, string package, string keys, int bytesPerSecond, double trialMinutes = 2)
    {
        var code = await city.EnrolAsync(vehicle);
        var own = Path.GetDirectoryName(code)!;
        var root = Path.Combine(own, "package");
        using (var copying = Process.Start("cp", ["-r", city.Agent, root])) await copying.WaitForExitAsync();
        File.Copy(Path.Combine(Repository.Root, "firmware-config", "packaging", "agent", "launch"), Path.Combine(root, "launch"));
        await File.WriteAllTextAsync(Path.Combine(root, "version"), package + "\n");
        var (configuration, versions) = (Path.Combine(own, "agent.json"), Path.Combine(own, "versions"));
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new
        {
            Vehicle = new { Identity = Path.Combine(own, "identity"), Data = Path.Combine(own, "data") },
            Enrolment = new { CodeFiles = new[] { code }, CheckSeconds = 0.2 },
            Updates = new { KeysFile = keys, Folder = versions, Minutes = 0.01, BytesPerSecond = bytesPerSecond, KeepFreeBytes = 10_000_000 },
            // Starts that the test itself kills say nothing against a version.
            Trial = new { Minutes = trialMinutes, SettleSeconds = 1.0, Starts = 20 },
            Uplink = new { StatusSeconds = 0.2 },
            Outbox = new { GroupSeconds = 0.05 },
        }));
        UnprivilegedUser.Current?.Own(own);
        return new LaunchedAgent(root, versions, configuration);
    }

    public void Start() => running = new SupervisedProcess(command[0], command[1..]);

    /// <summary>kill -9, and no start after it.</summary>
    public async Task KillAsync()
    {
        if (running is not null) await running.DisposeAsync();
        running = null;
    }

    /// <summary>Waits until the program that was started reached the hub.</summary>
    public Task WorksAsync(TimeSpan longest) => Eventually.TrueAsync(() => Output.Contains("Connected to the hub's broker", StringComparison.Ordinal), $"a working agent\n{State()}", longest);

    /// <summary>What there is to say when a test failed.</summary>
    public string State() => $"{string.Join(' ', Directory.Exists(Versions) ? Directory.EnumerateFileSystemEntries(Versions).Select(Path.GetFileName) : [])}; current {Current}; failed {Failed}\n{Output}";

    public async ValueTask DisposeAsync() => await KillAsync();

    private string Read(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(Versions, name)).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
