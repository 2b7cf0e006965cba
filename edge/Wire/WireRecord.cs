using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// One entry of a vehicle's outbox: a sequence number, its times, and exactly one content. It is written once and never
/// changes; the hub applies each (vehicle, epoch, sequence) once. A record whose content this version does not know has
/// none of the members below set and is kept aside by the hub.
/// </summary>
public sealed record WireRecord
{
    /// <summary>Counts from 1 within the outbox's epoch, without gaps as appended; delivery may be in any order.</summary>
    public required long Seq { get; init; }

    public required Stamp Stamp { get; init; }

    /// <summary>The crew on duty. Required for <see cref="Track"/> of crewed vehicles and for <see cref="Action"/>.</summary>
    public Duty? Duty { get; init; }

    public Track? Track { get; init; }

    public LampObservation? Lamp { get; init; }

    public ShockObservation? Shock { get; init; }

    public RoughnessObservation? Roughness { get; init; }

    public CrewAction? Action { get; init; }

    public ShiftChange? Shift { get; init; }

    public VehicleHealth? Health { get; init; }

    public Tombstone? Tombstone { get; init; }

    public ClockRepair? Clock { get; init; }

    public CommandResult? Result { get; init; }

    /// <summary>Its place in the epoch's hash chain; null for kinds that are not chained.</summary>
    public ChainLink? Chain { get; init; }

    /// <summary>Which content is set; <see cref="RecordKind.Unknown"/> for none (a newer vehicle's kind).</summary>
    [JsonIgnore]
    public RecordKind Kind =>
        Track is not null ? RecordKind.Track
        : Lamp is not null ? RecordKind.Lamp
        : Shock is not null ? RecordKind.Shock
        : Roughness is not null ? RecordKind.Roughness
        : Action is not null ? RecordKind.Action
        : Shift is not null ? RecordKind.Shift
        : Health is not null ? RecordKind.Health
        : Tombstone is not null ? RecordKind.Tombstone
        : Clock is not null ? RecordKind.Clock
        : Result is not null ? RecordKind.Result
        : RecordKind.Unknown;
}
