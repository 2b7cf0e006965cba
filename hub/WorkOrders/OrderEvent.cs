using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Something that the office or a crew did with an order.</summary>
public sealed record OrderEvent
{
    public const string Hub = "hub";

    /// <summary>Stands for the vehicle of what a crew said by radio and the office typed. No vehicle can have such an id.</summary>
    public const string Radio = "@radio";

    public required string Vehicle { get; init; }
    public required string Epoch { get; init; }
    public required long Seq { get; init; }
    public string? Order { get; init; }
    public required OrderEventKind Kind { get; init; }

    /// <summary>Work time, Unix milliseconds.</summary>
    public required long AtMs { get; init; }
    public long FixMs { get; init; }
    public long DeviceMs { get; init; }
    public bool Replay { get; init; }
    public string? Crew { get; init; }
    public string? Shift { get; init; }
    public string? Member { get; init; }
    public string? Who { get; init; }

    /// <summary>The action's own id, made by the crew's screen.</summary>
    public string? Action { get; init; }
    public string? Undoes { get; init; }
    public string? Reason { get; init; }
    public string? Note { get; init; }
    public bool Automatic { get; init; }
    public GeoPoint? At { get; init; }
    public double? AccuracyM { get; init; }

    /// <summary>Distance from the job, metres; null when either place is unknown.</summary>
    public double? DistanceM { get; init; }

    /// <summary>Taken so far from the job that the office should know.</summary>
    public bool Far { get; init; }

    /// <summary>Code of the controlled list that the crew or the office chose.</summary>
    public string? Resolution { get; init; }

    /// <summary>When a permanent repair is due or a wait should end, Unix milliseconds.</summary>
    public long? UntilMs { get; init; }

    /// <summary>Crew to which it was handed over.</summary>
    public string? To { get; init; }

    /// <summary>What was done at this place.</summary>
    public RepairPoint? Point { get; init; }

    /// <summary>What the job took.</summary>
    public UsedItem[]? Used { get; init; }

    /// <summary>What makes it one: an action that comes again under another key, from a restored or copied card, is the same.</summary>
    public string Name => Action ?? $"{Vehicle}/{Epoch}/{Seq}";

    /// <summary>Said by radio, and typed by <see cref="Who"/>.</summary>
    public bool ByRadio => Vehicle == Radio;

    /// <summary>The vehicle from which it was done; null for what came another way.</summary>
    public string? Truck => Vehicle is Hub or Radio ? null : Vehicle;

    public bool FromCrew => Kind is not (OrderEventKind.Assign or OrderEventKind.Cancel or OrderEventKind.Emergency or OrderEventKind.Interrupt
        or OrderEventKind.Review or OrderEventKind.SendBack);

    /// <summary>The canonical order: work time, vehicle, epoch, sequence.</summary>
    public static int Canonical(OrderEvent a, OrderEvent b)
    {
        var order = a.AtMs.CompareTo(b.AtMs);
        if (order == 0) order = string.CompareOrdinal(a.Vehicle, b.Vehicle);
        if (order == 0) order = string.CompareOrdinal(a.Epoch, b.Epoch);
        return order == 0 ? a.Seq.CompareTo(b.Seq) : order;
    }
}
