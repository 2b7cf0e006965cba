using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Agent.Updates;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Settings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary>
/// <c>field-agent run</c>: one vehicle from its settings to its end. When another device profile comes into force the program
/// ends with <see cref="StartAgain"/>, so that every profile is put into force by a start, as after a power cut.
/// </summary>
internal static class VehicleRun
{
    /// <summary>Exit code that asks the service manager for another start (EX_TEMPFAIL).</summary>
    public const int StartAgain = 75;

    private const int CannotRun = 1;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var ring = new LogRing();
        using var logs = new AgentLogs(output, TimeProvider.System, ring);
        var log = logs.CreateLogger<VehicleAgent>();
        DeviceProfileFile? held = null;
        try
        {
            var notice = ServiceNotice.OfEnvironment();
            // The data folder is named by the vehicle's own file alone.
            var data = SettingsReader.Read(args, AgentSettings.PackagesFile).Bind<VehicleOptions>("Vehicle").Data;
            // Before anything opens a key, and before a code makes another vehicle of this computer.
            Wiping.Finish(data, log);
            await IdentityRun.WaitAsync(args, notice, logs, stop.Token).ConfigureAwait(false);
            held = DeviceProfileFile.Open(data);
            var trial = Resume(held, log);
            if (Read(args, errors, held, log) is not { } settings) return SettingsReader.ExitCode;
            var versions = new VersionsFolder(settings.Options.Updates.Folder);
            var turn = new TrialTurn((held.Held.Trying is null ? 0 : 1) + (versions.Next == OwnVersion.Of(versions) ? 1 : 0));
            using var desk = Desk(args, settings, held, held.Held.Trying is null ? null : trial, turn, log);
            var parts = settings.Open(TimeProvider.System, notice, logs) with { DeviceProfile = desk, Log = ring };
            VehicleAgent? vehicle = null;
            using var updates = Updates(settings, versions, turn, parts.Clock!, () => vehicle?.Gate.Shift is null, log);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, desk.Rebuild, updates.Restart);
            bool powersOff, isMoved;
            int code;
            await using (var agent = new VehicleAgent(settings.Options, parts, logs))
            {
                vehicle = agent;
                var updating = updates.KeepAsync(() => agent.Signs, end.Token);
                // Ends with the program: it holds nothing.
                _ = MemoryKeeper.RunAsync(TimeProvider.System, stop.Token);
                var keeping = IdentityRun.KeepAsync(settings, agent, logs, end);
                await agent.RunAsync(end.Token).ConfigureAwait(false);
                // Before anything else that may fail: a driver turned the key.
                powersOff = agent.PowersOff;
                await end.CancelAsync().ConfigureAwait(false);
                isMoved = await keeping.ConfigureAwait(false);
                await updating.ConfigureAwait(false);
                code = agent.ExitCode;
            }

            if (desk.Rebuild.IsCancellationRequested || updates.Restart.IsCancellationRequested || isMoved) return StartAgain;
            updates.EndCleanly();
            if (held.Held.Trying is not null) trial?.EndCleanly();
            // Last of all: the power may be gone at any time after it.
            if (powersOff) PowerOff.Ask(settings.Options.Ignition.PowerOffFile);
            return code;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is LinkUnavailableException or IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            await errors.WriteLineAsync($"field-agent cannot run: {e.Message}").ConfigureAwait(false);
            if (held?.Held.Trying is not { } tried) return CannotRun;
            log.RolledBack(tried.StateVersion, e.Message);
            held.RollBack($"the agent could not run: {e.Message}");
            return StartAgain;
        }
    }

    // What a start knows of the trial before it opens anything that the profile names.
    internal static Trial? Resume(DeviceProfileFile held, ILogger log)
    {
        var trial = Trial.Resume(held.TrialFile, TimeProvider.System);
        if (held.Held.Trying is not { } tried)
        {
            // The power went between noting the trial and beginning it, or between its outcome and its end.
            if (trial is not null) Trial.Close(held.TrialFile);
            return null;
        }

        var reason = trial is null ? "the record of the trial is gone" : trial.Spent?.Reason;
        if (reason is null) return trial;
        log.RolledBack(tried.StateVersion, reason);
        held.RollBack(reason);
        return null;
    }

    // With the profile in force; without it when the agent, another version by now, cannot use it: better an old setting than no vehicle.
    private static AgentSettings? Read(string[] args, TextWriter errors, DeviceProfileFile held, ILogger log)
    {
        while (held.InForce is { } profile)
        {
            using var wrong = new StringWriter();
            if (AgentSettings.Read(args, wrong, profile.Settings) is { } settings) return settings;
            var reason = string.Join("; ", Lines(wrong));
            if (held.Held.Trying is null)
            {
                log.LeftOut(profile.StateVersion, reason);
                break;
            }

            log.RolledBack(profile.StateVersion, reason);
            held.RollBack(reason);
        }

        return AgentSettings.Read(args, errors);
    }

    private static UpdateDesk Updates(AgentSettings settings, VersionsFolder folder, TrialTurn turn, DeviceClock clock, Func<bool> mayRestart, ILogger log)
    {
        var options = settings.Options.Updates;
        Func<HttpClient>? open = settings.Identity is { } identity && File.Exists(options.KeysFile) ? () => HubDoor.Open(identity, clock).Client : null;
        return new UpdateDesk(options, folder, OwnVersion.Of(folder), settings.Options.Trial, turn, open, () => clock.VerifyAt, mayRestart, TimeProvider.System, log);
    }

    private static DeviceProfileDesk Desk(string[] args, AgentSettings settings, DeviceProfileFile held, Trial? trial, TrialTurn turn, ILogger log) => new(
        held,
        trial,
        new ProfileKeys(settings.Link.ProfileKeysFile),
        new Topic(settings.Options.Vehicle.Jurisdiction, settings.Options.Vehicle.Id, Lane.DeviceProfile),
        profile => Fit(args, profile?.Settings ?? default),
        settings.Options.Trial,
        turn,
        TimeProvider.System,
        log);

    private static DeviceProfileFit Fit(string[] args, JsonElement settings)
    {
        using var wrong = new StringWriter();
        return AgentSettings.Read(args, wrong, settings) is { } fitting
            ? new DeviceProfileFit([], fitting.SourceNames, fitting.LayerHash, fitting.LocalKeys)
            : new DeviceProfileFit(Lines(wrong), [], null, []);
    }

    private static string[] Lines(StringWriter text) => text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
