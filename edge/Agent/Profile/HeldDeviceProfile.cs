using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>The vehicle's device profiles as its file keeps them.</summary>
public sealed record HeldDeviceProfile
{
    /// <summary>The last that proved itself; null: none did yet, and the vehicle's own file counts alone.</summary>
    public DeviceProfile? Good { get; init; }

    /// <summary>In force and on trial; null: none is.</summary>
    public DeviceProfile? Trying { get; init; }

    /// <summary>Newest version that was judged; older ones are never taken.</summary>
    public long Judged { get; init; }

    public DeviceProfileOutcome Outcome { get; init; }

    public string? Reason { get; init; }
}
