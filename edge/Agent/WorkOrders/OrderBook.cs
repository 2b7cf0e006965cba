using System.Text.Json;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>
/// The vehicle's copy of its crew's orders, good without a signal. The hub's copy is replaced as a whole when a newer
/// version comes; the vehicle's own actions lie over it until the hub has acknowledged them and had time to apply them.
/// </summary>
public sealed class OrderBook
{
    private readonly StateFile file;
    private readonly WorkOrdersOptions options;
    private readonly ShiftGate gate;
    private readonly DeviceClock clock;
    private volatile OrdersState? state;
    private long shown;

    internal OrderBook(Func<string, StateFile> files, WorkOrdersOptions options, ShiftGate gate, DiskOutbox outbox, DeviceClock clock)
    {
        file = files("orders.json");
        this.options = options;
        this.gate = gate;
        this.clock = clock;
        Own = new OwnActions(files("actions.json"), outbox, clock);
        try
        {
            if (file.Read() is { } bytes) state = JsonSerializer.Deserialize(bytes, WireJson.Default.OrdersState);
        }
        catch (JsonException)
        {
            // Reported as version 0, it is sent again.
        }
    }

    /// <summary>Version of the hub's state that the vehicle holds.</summary>
    public long Version => state?.StateVersion ?? 0;

    /// <summary>Names the hub's store that the version counts in; null before the first, or of an older hub.</summary>
    public string? Era => state?.Era;

    /// <summary>Version that the crew's screen has shown; 0 while it has shown none of this era since the start.</summary>
    public long Shown => Interlocked.Read(ref shown);

    /// <summary>Orders of the crew on board, in the hub's order; none off shift.</summary>
    public IReadOnlyList<OrderView> Orders
    {
        get
        {
            var shift = gate.Shift;
            if (shift is null || state is not { } held || (held.Crew is not null && held.Crew != shift.Crew)) return [];
            Own.NoteAcknowledged(Version);
            var counting = Own.All.Where(Counts).Select(a => a.Action).ToList();
            return [.. held.Orders.Select(o => new OrderView(o, StateOf(o, counting), o.MustAcknowledge && !Heeded(o, counting)))];
        }
    }

    /// <summary>What the hub sent last, as it is held.</summary>
    public OrdersState? Held => state;

    internal OwnActions Own { get; }

    /// <summary>What became of orders that the crew had; none off shift.</summary>
    public IReadOnlyList<OrderNotice> Notices =>
        gate.Shift is { } shift && state is { Notices: { } notices } held && (held.Crew is null || held.Crew == shift.Crew) ? notices : [];

    public OrderView? Find(string? id) => Orders.FirstOrDefault(o => o.Copy.Id == id);

    /// <summary>The order under way; else the accepted one, when it is the only one.</summary>
    public OrderView? Active
    {
        get
        {
            var orders = Orders;
            return orders.FirstOrDefault(o => o.IsUnderWay)
                ?? (orders.Count(o => o.State == OrderState.Accepted) == 1 ? orders.First(o => o.State == OrderState.Accepted) : null);
        }
    }

    /// <summary>The crew's screen has what was held at this version.</summary>
    /// <returns>True when it had not before.</returns>
    public bool NoteShown(OrdersState? what) =>
        what is not null && ReferenceEquals(what, state) && gate.Shift is { } shift && (what.Crew is null || what.Crew == shift.Crew)
        && Interlocked.Exchange(ref shown, what.StateVersion) != what.StateVersion;

    /// <summary>
    /// Takes the hub's state. Within an era a version that is not newer is ignored; a version of another era (the hub was
    /// restored or made anew) replaces whatever is held.
    /// </summary>
    /// <returns>True when it was taken.</returns>
    /// <exception cref="IOException">The disk did not take it; the old one is kept and the hub sends it again.</exception>
    public bool Replace(OrdersState newer)
    {
        if (state is { } held && newer.Era == held.Era && newer.StateVersion <= held.StateVersion) return false;
        Own.NoteAcknowledged(Version);
        file.Replace(JsonSerializer.SerializeToUtf8Bytes(newer, WireJson.Default.OrdersState));
        if (newer.Era != Era)
        {
            Interlocked.Exchange(ref shown, 0);
            Own.ForgetVersions();
        }

        state = newer;
        return true;
    }

    private bool Counts(OwnAction action) =>
        action.Acknowledged is not { } at
        || action.AcknowledgedAtVersion >= Version
        || clock.Now - at < TimeSpan.FromSeconds(options.OwnWordSeconds);

    private static OrderState StateOf(OrderCopy copy, List<CrewAction> own)
    {
        var undone = own.Where(a => a.Kind == CrewActionKind.Undo).Select(a => a.Undoes).ToHashSet();
        var last = own.FindLast(a => a.Order == copy.Id && After(a.Kind) is not null && !undone.Contains(a.Id));
        if (last is null) return AtHub(copy.State);
        // What such an order asks for is done with that.
        return last.Kind == CrewActionKind.MakeSafe && copy.Kind == "make-safe" ? OrderState.FieldComplete : After(last.Kind)!.Value;
    }

    // Whatever a person does with it shows that it was read.
    private static bool Heeded(OrderCopy copy, List<CrewAction> own) =>
        own.Exists(a => a.Order == copy.Id && a is { Automatic: false, Kind: not (CrewActionKind.Seen or CrewActionKind.Undo) });

    private static OrderState? After(CrewActionKind kind) => kind switch
    {
        CrewActionKind.Accept or CrewActionKind.Acknowledge => OrderState.Accepted,
        CrewActionKind.Arrive => OrderState.Arrived,
        CrewActionKind.Start => OrderState.Started,
        CrewActionKind.Suspend => OrderState.Suspended,
        CrewActionKind.Complete => OrderState.FieldComplete,
        CrewActionKind.CannotComplete => OrderState.CouldNotComplete,
        CrewActionKind.MakeSafe => OrderState.MadeSafe,
        CrewActionKind.TemporaryRepair => OrderState.TemporaryRepair,
        CrewActionKind.Wait => OrderState.Waiting,
        CrewActionKind.HandOver => OrderState.HandedOver,
        CrewActionKind.Point => OrderState.Started,
        _ => null,
    };

    private static OrderState AtHub(string? word) => word switch
    {
        "accepted" => OrderState.Accepted,
        "arrived" => OrderState.Arrived,
        "started" => OrderState.Started,
        "suspended" => OrderState.Suspended,
        "made-safe" => OrderState.MadeSafe,
        "waiting" => OrderState.Waiting,
        "temporary-repair" => OrderState.TemporaryRepair,
        // What the hub has as handed over and sends to this vehicle was given to its crew.
        "could-not-complete" => OrderState.CouldNotComplete,
        "field-complete" => OrderState.FieldComplete,
        _ => OrderState.Assigned,
    };
}
