using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>
/// Every clock the vehicle has, for stamping readings. A Raspberry Pi has no clock battery, so each stamp carries the
/// boot id and the monotonic offset: they order and repair what the wall clock got wrong.
/// </summary>
public sealed class DeviceClock
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    // CLOCK_MONOTONIC starts with the boot; NTP and GPS move only the wall clock.
    private const string SynchronizedFile = "/run/systemd/timesync/synchronized";

    // Before this the wall clock shows a default, not a time that somebody set.
    private static readonly DateTimeOffset NobodySetIt = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider time;
    private readonly ClockSource? given;

    /// <param name="time">Wall and monotonic clock.</param>
    /// <param name="source">What set the wall clock, when the caller knows; null: look at the system.</param>
    /// <param name="boot">Boot id when there is no kernel to ask (simulated vehicles); null: the kernel's.</param>
    public DeviceClock(TimeProvider time, ClockSource? source = null, string? boot = null)
    {
        this.time = time;
        given = source;
        Boot = boot ?? ReadBootId();
    }

    /// <summary>First eight hex digits of the kernel's boot id.</summary>
    public string Boot { get; }

    /// <summary>Wall clock, UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Milliseconds of the monotonic clock since boot.</summary>
    public long MonotonicMs => (long)(time.GetTimestamp() * (1000.0 / time.TimestampFrequency));

    public ClockSource Source =>
        given ?? (Now < NobodySetIt ? ClockSource.Unset
            : File.Exists(SynchronizedFile) ? ClockSource.Network
            : ClockSource.Unknown);

    /// <summary>The stamp of something that happens now and has no place.</summary>
    public Stamp StampNow() => Stamp(null, Now, MonotonicMs, replay: false);

    /// <summary>The stamp of a reading.</summary>
    /// <param name="fixTime">GPS time of the reading itself; null without a fix.</param>
    /// <param name="deviceTime">Wall clock when the reading was taken.</param>
    /// <param name="monotonicMs">Monotonic clock when it was taken.</param>
    /// <param name="replay">True when <paramref name="fixTime"/> comes from a rebased recording.</param>
    public Stamp Stamp(DateTimeOffset? fixTime, DateTimeOffset deviceTime, long monotonicMs, bool replay) => new()
    {
        FixTime = fixTime?.ToUniversalTime(),
        DeviceTime = deviceTime.ToUniversalTime(),
        Boot = Boot,
        MonotonicMs = monotonicMs,
        Clock = Source,
        Replay = replay,
    };

    private static string ReadBootId()
    {
        try
        {
            return File.ReadAllText(BootIdFile)[..8];
        }
        catch (IOException)
        {
            return "00000000";
        }
    }
}
