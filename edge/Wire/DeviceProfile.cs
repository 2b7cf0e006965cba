using System.Text.Json;
using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// What one vehicle's program is told to be: the payload of a <see cref="SignedBundle"/> of <see cref="SignedBundle.ProfileType"/>
/// on <see cref="Lane.DeviceProfile"/>. State with a version, sent again until the vehicle says in its
/// <see cref="VehicleStatus.DeviceProfile"/> what became of it. Versions only rise, over eras too: an older one is never taken.
/// </summary>
public sealed record DeviceProfile
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required string Vehicle { get; init; }

    public required string Jurisdiction { get; init; }

    /// <summary>Unix milliseconds of its release; each release has a higher one.</summary>
    public required long StateVersion { get; init; }

    /// <summary>As <see cref="OrdersState.Era"/>.</summary>
    public string? Era { get; init; }

    /// <summary>Settings by section and key, as in the agent's configuration file.</summary>
    public required JsonElement Settings { get; init; }
}
