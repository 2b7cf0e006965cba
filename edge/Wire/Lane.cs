namespace ThreeOneOne.Field.Wire;

/// <summary>What a topic below <c>field/v1/{jurisdiction}/{vehicle}/</c> is for.</summary>
public enum Lane
{
    Unknown = 0,

    /// <summary>Vehicle to hub: newest position, QoS 0, never stored, may be lost. <see cref="LivePosition"/>.</summary>
    Live,

    /// <summary>Vehicle to hub: records from the outbox, QoS 1. <see cref="UpBatch"/>.</summary>
    Up,

    /// <summary>Vehicle to hub: retained state and last will. <see cref="VehicleStatus"/>.</summary>
    Status,

    /// <summary>Hub to vehicle: what the hub has committed. <see cref="Wire.Ack"/>.</summary>
    Ack,

    /// <summary>Hub to vehicle: the work orders of the crew on board. <see cref="OrdersState"/>.</summary>
    Orders,

    /// <summary>Hub to vehicle: what the vehicle is told to be. <see cref="ProfileState"/>.</summary>
    Profile,

    /// <summary>Hub to vehicle: one command with an expiry. <see cref="Wire.Command"/>.</summary>
    Command,

    /// <summary>Vehicle to hub: pieces of attachments, QoS 1. <see cref="FileChunk"/>.</summary>
    File,

    /// <summary>Hub to vehicle: how far the hub is with an attachment. <see cref="Wire.FileState"/>.</summary>
    FileState,

    /// <summary>Hub to vehicle: dangers that crews and the office reported. <see cref="HazardsState"/>.</summary>
    Hazards,

    /// <summary>Hub to vehicle: settings of the vehicle's program, signed. <see cref="Wire.DeviceProfile"/> in a <see cref="SignedBundle"/>.</summary>
    DeviceProfile,
}
