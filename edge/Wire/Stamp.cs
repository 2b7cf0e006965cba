using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>When something was measured, by every clock the vehicle has. The hub adds its own received time.</summary>
public sealed record Stamp
{
    /// <summary>GPS time of the fix that places the reading, UTC; null while the receiver has no time.</summary>
    public DateTimeOffset? FixTime { get; init; }

    /// <summary>The vehicle's wall clock when the reading was taken, UTC. A Raspberry Pi has no clock battery: see <see cref="Clock"/>.</summary>
    public required DateTimeOffset DeviceTime { get; init; }

    /// <summary>First eight hex digits of the kernel's boot id; <see cref="MonotonicMs"/> counts within it.</summary>
    public required string Boot { get; init; }

    /// <summary>Milliseconds of the monotonic clock since boot.</summary>
    public required long MonotonicMs { get; init; }

    /// <summary>What last set the wall clock.</summary>
    public ClockSource Clock { get; init; }

    /// <summary>Bound on the wall clock's error in milliseconds; null when unknown.</summary>
    public int? UncertaintyMs { get; init; }

    /// <summary>
    /// True when <see cref="FixTime"/> comes from a recording that was rebased in time (a demo, a rehearsal): screens say
    /// so, and the age of the fix is taken from <see cref="DeviceTime"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replay { get; init; }

    /// <summary>The time by which state is folded: GPS time, or the wall clock where there is none.</summary>
    [JsonIgnore]
    public DateTimeOffset Effective => FixTime ?? DeviceTime;
}
