using System.Text.Json;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Hazards;

/// <summary>
/// The dangers of the city as the hub sent them, good without a signal, and those that this vehicle reported itself until the hub
/// has had time to say so. Within an era a version that is not newer is ignored; one of another era replaces whatever is held.
/// </summary>
/// <param name="file">File of the state.</param>
/// <param name="actions">What was reported here.</param>
/// <param name="outbox">Whether the hub has it.</param>
/// <param name="clock">Which have run out.</param>
public sealed class HazardBook(StateFile file, ActionDesk actions, DiskOutbox outbox, DeviceClock clock)
{
    // How long an own report counts while nobody else has a say in it: the hub's rules are not on the vehicle.
    private static readonly TimeSpan OwnLasts = TimeSpan.FromHours(12);

    // From its acknowledgement until the hub's own word counts alone.
    private static readonly TimeSpan HubsTurn = TimeSpan.FromMinutes(1);

    private volatile HazardsState? state = Read(file);

    public long Version => state?.StateVersion ?? 0;

    /// <summary>Names the hub's store that the version counts in.</summary>
    public string? Era => state?.Era;

    /// <summary>All that stand now, in no order. What was reported on this vehicle is marked.</summary>
    public IReadOnlyList<(HazardCopy Hazard, bool Own)> Standing
    {
        get
        {
            var now = clock.Now;
            var recent = actions.Recent;
            var undone = recent.Where(a => a.Action.Kind == CrewActionKind.Undo).Select(a => a.Action.Undoes).ToHashSet();
            Dictionary<string, OwnAction> own = [];
            foreach (var action in recent.Where(a => a.Action is { Kind: CrewActionKind.Hazard, At: not null })) own[HazardCopy.IdOf(action.Action.Id)] = action;
            List<(HazardCopy, bool)> standing = [];
            foreach (var hazard in state?.Hazards ?? [])
            {
                if (hazard.Until <= now) continue;
                var mine = own.Remove(hazard.Id, out var report);
                // Taken back here, and the hub does not know yet.
                if (report is null || !undone.Contains(report.Action.Id)) standing.Add((hazard, mine));
            }

            foreach (var (id, report) in own)
            {
                if (undone.Contains(report.Action.Id) || now - report.Taken >= OwnLasts || !Counts(report, now)) continue;
                standing.Add((new HazardCopy(id, report.Action.Hazard ?? "", report.Action.At!.Value, report.Taken, report.Taken + OwnLasts), true));
            }

            return standing;
        }
    }

    /// <returns>True when it was taken.</returns>
    /// <exception cref="IOException">The disk did not take it; the old one is kept and the hub sends it again.</exception>
    public bool Replace(HazardsState newer)
    {
        if (state is { } held && newer.Era == held.Era && newer.StateVersion <= held.StateVersion) return false;
        file.Replace(JsonSerializer.SerializeToUtf8Bytes(newer, WireJson.Default.HazardsState));
        state = newer;
        return true;
    }

    private bool Counts(OwnAction report, DateTimeOffset now) =>
        outbox.IsWaiting(report.Record) || report.Acknowledged is not { } at || now - at < HubsTurn;

    private static HazardsState? Read(StateFile file)
    {
        try
        {
            return file.Read() is { } bytes ? JsonSerializer.Deserialize(bytes, WireJson.Default.HazardsState) : null;
        }
        catch (JsonException)
        {
            // Reported as version 0, it is sent again.
            return null;
        }
    }
}
