using System.Globalization;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>A hub with its broker, two enrolled vehicles that only the attacks speak for, and an agent behind a broker of its own.</summary>
public sealed class SecurityScene : IAsyncDisposable
{
    public const string Jurisdiction = "cambridge-ma";

    private readonly Children children;
    private int? broker;
    private UpdatingAgent? updating;

    private SecurityScene(SecurityOptions options)
    {
        Options = options;
        Directory.CreateDirectory(options.Folder);
        children = new Children(Path.Combine(options.Folder, "children.jsonl"));
        Hub = new SecurityHub(options);
    }

    public SecurityOptions Options { get; }

    public SecurityHub Hub { get; }

    public SecurityAgent Agent { get; private set; } = null!;

    /// <summary>The vehicle that attacks.</summary>
    public Identity Mallory { get; private set; } = null!;

    /// <summary>The vehicle that is attacked.</summary>
    public Identity Victim { get; private set; } = null!;

    public static async Task<SecurityScene> SetUpAsync(SecurityOptions options, CancellationToken stop)
    {
        var scene = new SecurityScene(options);
        try
        {
            await scene.Hub.StartAsync(scene.children, stop).ConfigureAwait(false);
            scene.Mallory = await Identity.EnrolAsync(scene.Hub.Api, options.Folder, "mallory", "sensor-only", stop).ConfigureAwait(false);
            scene.Victim = await Identity.EnrolAsync(scene.Hub.Api, options.Folder, "victim", "sensor-only", stop).ConfigureAwait(false);
            scene.Agent = await SecurityAgent.StartAsync(options, scene.children, stop).ConfigureAwait(false);
            scene.broker = scene.BrokerPid();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>An agent that asks a hostile door for updates; started for the first who asks.</summary>
    public async Task<UpdatingAgent> UpdatingAgentAsync(CancellationToken stop) => updating ??= await UpdatingAgent.StartAsync(Options, children, stop).ConfigureAwait(false);

    /// <summary>Programs that are not as they were: hub, broker, agent.</summary>
    public async Task<int> CountFallenAsync(CancellationToken stop)
    {
        var fallen = 0;
        if (Hub.HasExited || !await Hub.Api.IsHealthyAsync(stop).ConfigureAwait(false)) fallen++;
        if (BrokerPid() != broker) fallen++;
        if (Agent.HasExited) fallen++;
        if (updating is { HasExited: true }) fallen++;
        return fallen;
    }

    public async ValueTask DisposeAsync()
    {
        if (updating is not null) await updating.DisposeAsync().ConfigureAwait(false);
        if (Agent is not null) await Agent.DisposeAsync().ConfigureAwait(false);
        await Hub.EndAsync().ConfigureAwait(false);
        Hub.Dispose();
        children.Forget();
    }

    private int? BrokerPid()
    {
        var configuration = Path.Combine(Hub.Data, "broker", "mosquitto.conf");
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var pid)
                    && File.ReadAllText(Path.Combine(process, "cmdline")).TrimEnd('\0').EndsWith("-c\0" + configuration, StringComparison.Ordinal)) return pid;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended, or is somebody else's.
            }
        }

        return null;
    }
}
