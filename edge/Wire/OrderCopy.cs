using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>What a crew needs of a work order when there is no signal.</summary>
public sealed record OrderCopy
{
    public required string Id { get; init; }

    /// <summary>Number on screens and paper, such as WO-26-000123.</summary>
    public required string Number { get; init; }

    /// <summary>Number of the service request behind it; null for an order without one.</summary>
    public string? Request { get; init; }

    /// <summary>Service code from the hub's catalogue ("street-light-out", "pothole").</summary>
    public required string Service { get; init; }

    public required string Title { get; init; }

    public string? Address { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>Asset id of the pole, for street lights.</summary>
    public string? Pole { get; init; }

    /// <summary>1 is most urgent, 4 least.</summary>
    public int Priority { get; init; }

    public DateTimeOffset? TargetDate { get; init; }

    public string? Note { get; init; }

    /// <summary>State at the hub when sent: assigned, accepted, arrived, started, suspended, made-safe, waiting, handed-over.</summary>
    public string? State { get; init; }

    /// <summary><c>repair</c>, <c>make-safe</c>, <c>permanent</c> or <c>inspection</c>; null: repair.</summary>
    public string? Kind { get; init; }

    /// <summary>It interrupts other work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Emergency { get; init; }

    /// <summary>The office waits for somebody to say that it was read: <see cref="CrewActionKind.Acknowledge"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MustAcknowledge { get; init; }

    /// <summary>Corners of the area or ends of the block face that it covers; null: one place.</summary>
    public GeoPoint[]? Area { get; init; }

    /// <summary>The places to go to, in order; null: one place.</summary>
    public OrderStop[]? Stops { get; init; }
}
