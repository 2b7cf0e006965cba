using System.Text.Json;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>
/// The actions that were taken on this vehicle, for a day: what makes pressing twice one action, what undo can name, and
/// what the vehicle knows about an order before the hub does. Survives a restart; what the file missed is in the outbox.
/// </summary>
internal sealed class OwnActions
{
    private const int Most = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Lock one = new();
    private readonly Lock saving = new();
    private readonly StateFile file;
    private readonly DiskOutbox outbox;
    private readonly DeviceClock clock;
    private List<OwnAction> actions;

    public OwnActions(StateFile file, DiskOutbox outbox, DeviceClock clock)
    {
        this.file = file;
        this.outbox = outbox;
        this.clock = clock;
        actions = Read(file);
        foreach (var (id, record) in outbox.Waiting(k => k == RecordKind.Action))
        {
            var known = actions.FindIndex(a => a.Action.Id == record.Action!.Id);
            if (known < 0) actions.Add(new OwnAction { Action = record.Action!, Record = id, Taken = record.Stamp.DeviceTime });
            // It may have been moved to another epoch.
            else actions[known] = actions[known] with { Record = id };
        }
    }

    /// <summary>Newest last.</summary>
    public IReadOnlyList<OwnAction> All
    {
        get
        {
            lock (one) return [.. actions];
        }
    }

    public OwnAction? Find(string id)
    {
        lock (one) return actions.Find(a => a.Action.Id == id);
    }

    public void Add(OwnAction action)
    {
        lock (one)
        {
            var oldest = clock.Now - Kept;
            actions = [.. actions.Where(a => a.Taken > oldest || outbox.IsWaiting(a.Record)).TakeLast(Most - 1), action];
        }
    }

    /// <summary>Writes the file; without it only the outbox's own actions are known again after a restart.</summary>
    public void Save()
    {
        // A person and the geofence may act at the same moment.
        lock (saving)
        {
            byte[] bytes;
            lock (one) bytes = JsonSerializer.SerializeToUtf8Bytes(actions, WorkOrdersJson.Default.ListOwnAction);
            file.Replace(bytes);
        }
    }

    /// <summary>Notes which actions the hub has acknowledged by now.</summary>
    public void NoteAcknowledged(long ordersVersion)
    {
        lock (one)
        {
            for (var i = 0; i < actions.Count; i++)
            {
                if (actions[i].Acknowledged is null && !outbox.IsWaiting(actions[i].Record))
                    actions[i] = actions[i] with { Acknowledged = clock.Now, AcknowledgedAtVersion = ordersVersion };
            }
        }
    }

    /// <summary>Versions count anew: what was acknowledged under the old ones gives way to the hub's word.</summary>
    public void ForgetVersions()
    {
        lock (one) actions = [.. actions.Select(a => a.Acknowledged is null ? a : a with { AcknowledgedAtVersion = long.MinValue })];
    }

    private static List<OwnAction> Read(StateFile file)
    {
        try
        {
            return file.Read() is { } bytes ? JsonSerializer.Deserialize(bytes, WorkOrdersJson.Default.ListOwnAction) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
