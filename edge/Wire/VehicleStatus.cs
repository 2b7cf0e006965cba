using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// What a vehicle holds and whether it is connected. Published retained on connect and on change, and as last will with
/// <see cref="Online"/> false; the hub works without the retained copy, because the vehicle publishes it on every connect.
/// Carries no place.
/// </summary>
public sealed record VehicleStatus
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required bool Online { get; init; }

    /// <summary>The outbox's epoch.</summary>
    public string? Epoch { get; init; }

    public string? AgentVersion { get; init; }

    public DateTimeOffset? DeviceTime { get; init; }

    public bool? Ignition { get; init; }

    public ShiftState Shift { get; init; }

    public string? ShiftId { get; init; }

    public string? Crew { get; init; }

    /// <summary>Version of the orders state that the vehicle holds; the hub resends until it matches.</summary>
    public long OrdersVersion { get; init; }

    /// <summary><see cref="OrdersState.Era"/> of the held orders.</summary>
    public string? OrdersEra { get; init; }

    /// <summary>Version of the orders that the crew's screen has shown.</summary>
    public long OrdersSeen { get; init; }

    public long ProfileVersion { get; init; }

    /// <summary><see cref="ProfileState.Era"/> of the held profile.</summary>
    public string? ProfileEra { get; init; }

    /// <summary>Version of the dangers that the vehicle holds; null: an agent that knows of none, and is sent none.</summary>
    public long? HazardsVersion { get; init; }

    /// <summary><see cref="HazardsState.Era"/> of the held dangers.</summary>
    public string? HazardsEra { get; init; }

    /// <summary>What became of its device profile; null: an agent that takes none, and is sent none.</summary>
    public DeviceProfileReport? DeviceProfile { get; init; }

    public int Unsent { get; init; }

    public int UnsentActions { get; init; }

    public DateTimeOffset? OldestUnsent { get; init; }

    /// <summary>Time of the oldest crew action that the hub has not acknowledged; null for none.</summary>
    public DateTimeOffset? OldestUnsentAction { get; init; }

    /// <summary>Bytes of attachments that the hub does not have yet.</summary>
    public long UnsentFileBytes { get; init; }

    /// <summary>How far the hash chain of each epoch on the vehicle reaches.</summary>
    public ChainHead[]? Chains { get; init; }

    public OfflineBudget? Offline { get; init; }
}
