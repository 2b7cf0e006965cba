using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <content>What commands from afar do to the whole vehicle.</content>
public sealed partial class VehicleAgent
{
    private string Blink(Command command)
    {
        var said = Console.Identify(command.Arguments?.GetValueOrDefault("seconds"));
        // Beside the screen, for a vehicle that has none.
        _ = lamp.FlashAsync(times: 10, milliseconds: 300, CancellationToken.None);
        return said;
    }

    private void End(int code)
    {
        ExitCode = code;
        careEnds.Cancel();
    }

    private WipeTargets WipeTargets(DataKeyFile keyFile) => new(
        [.. keyFile.Files.Select(Path.GetFullPath), .. parts.IdentityFiles], parts.IdentityFolders, [Path.GetFullPath(options.Updates.Folder)]);

    private async Task CloseAsync(CancellationToken stop)
    {
        const string Cause = "the office wipes this vehicle: nothing is saved on it any more";
        await Actions.CloseAsync(Cause, "tell the dispatcher what you did", stop).ConfigureAwait(false);
        await Shift.CloseAsync(Cause, stop).ConfigureAwait(false);
        Console.Changes.Raise();
    }

    // After everything that might write once more has ended.
    private void EndWipe()
    {
        if (wipe.IsWiped && !Wiping.Finish(options.Vehicle.Data, log)) Leftovers.Remove(options.Vehicle.Data, [options.Updates.Folder]);
    }

    // No place, no name of a person.
    private IEnumerable<string> AboutSelf()
    {
        var counts = Outbox.Counts;
        yield return $"# vehicle {options.Vehicle.Id}, {options.Vehicle.Kind}, agent {StatusBoard.AgentVersion}, {Clock.Now:O} ({Clock.Source})";
        yield return $"# unsent {counts.Records} records, {counts.Actions} actions, {counts.DiskBytes} bytes on disk, refused {counts.Refused}, dropped {counts.Dropped}";
        foreach (var (name, health) in SourceHealths()) yield return LogText.Redact($"# source {name}: {health()}");
    }
}
