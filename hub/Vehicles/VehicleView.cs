using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>A vehicle as the API shows it.</summary>
public sealed record VehicleView(
    string Id, string Jurisdiction, string Name, VehicleKind Kind, DateTimeOffset Created, bool Online, DateTimeOffset? LastSeen,
    string? Epoch, string? AgentVersion, ShiftState Shift, string? Crew, long OrdersVersion, long ProfileVersion,
    int Unsent, int UnsentActions, DateTimeOffset? OldestUnsent)
{
    /// <summary>Since when it is connected, or is not, as far as this run of the hub heard.</summary>
    public DateTimeOffset? LinkSince { get; init; }

    /// <summary>Bytes of photos, voice notes and signatures that it holds.</summary>
    public long UnsentFileBytes { get; init; }

    /// <summary>How long it can go on without the hub; null when it did not say.</summary>
    public OfflineBudget? Offline { get; init; }

    public static VehicleView Of(Vehicle vehicle, VehicleState state) => new(
        vehicle.Id, vehicle.Jurisdiction, vehicle.Name, vehicle.Kind, vehicle.Created, state.Online, state.LastSeen,
        state.Status?.Epoch, state.Status?.AgentVersion, state.Status?.Shift ?? ShiftState.Unknown, state.Status?.Crew,
        state.Status?.OrdersVersion ?? 0, state.Status?.ProfileVersion ?? 0,
        state.Status?.Unsent ?? 0, state.Status?.UnsentActions ?? 0, state.Status?.OldestUnsent)
    {
        LinkSince = state.Since, UnsentFileBytes = state.Status?.UnsentFileBytes ?? 0, Offline = state.Status?.Offline,
    };
}
