using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>
/// Every clock the vehicle has, for stamping readings. A Raspberry Pi has no clock battery, so the system's clock counts
/// only when a time server or the receiver stands behind it; until then stamps say so, and carry the boot id and the
/// monotonic offset by which the hub repairs them later.
/// </summary>
/// <remarks>
/// Monotonic is CLOCK_MONOTONIC: time servers slew it but never set it, and every call of the runtime reads it. It stops
/// while a machine sleeps, which a Pi cannot; should one, the offset moves and a new repair says so.
/// </remarks>
public sealed class DeviceClock
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    // A build machine's own clock may be a little ahead.
    private static readonly TimeSpan BuildMargin = TimeSpan.FromDays(1);

    // As far as a GPS calendar reaches: what is later was not told by anybody.
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(1024 * 7);
    private static readonly TimeSpan SourceGone = TimeSpan.FromHours(1);
    private static readonly TimeSpan CloseLook = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    private readonly TimeProvider time;
    private readonly ClockOptions options;
    private readonly ClockSource? given;
    private readonly Lock gate = new();
    private readonly FixAgreement fixes = new();
    private volatile KnownTime? known;
    private DateTimeOffset bound;
    private long confirmedAtMs;

    /// <param name="time">Wall and monotonic clock.</param>
    /// <param name="source">What set the wall clock, when the caller knows; null: find out.</param>
    /// <param name="boot">Boot id when there is no kernel to ask (simulated vehicles); null: the kernel's.</param>
    /// <param name="options">What to believe; null: the defaults.</param>
    /// <param name="built">When the program was built; null: <see cref="PackageBuild.Time"/>.</param>
    public DeviceClock(TimeProvider time, ClockSource? source = null, string? boot = null, ClockOptions? options = null, DateTimeOffset? built = null)
    {
        this.time = time;
        this.options = options ?? new ClockOptions();
        given = source;
        Boot = boot ?? ReadBootId();
        NotBefore = (built ?? PackageBuild.Time) - BuildMargin;
        bound = NotBefore;
    }

    /// <summary>Raised when the time of this boot became known, or moved by more than its uncertainty. Must return at once.</summary>
    public event Action? Repaired;

    /// <summary>First eight hex digits of the kernel's boot id.</summary>
    public string Boot { get; }

    /// <summary>No true time lies before this one.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>The time as far as the vehicle knows it, UTC; the system's clock, which may be anywhere, while it does not.</summary>
    public DateTimeOffset Now => known?.At(MonotonicMs) ?? time.GetUtcNow();

    /// <summary>True when <see cref="Now"/> comes from GPS or a time server.</summary>
    public bool IsKnown => known is not null;

    /// <summary>Milliseconds of the monotonic clock since boot.</summary>
    public long MonotonicMs => (long)(time.GetTimestamp() * (1000.0 / time.TimestampFrequency));

    /// <summary>The monotonic clock, which is the kernel's: its drivers stamp by the same.</summary>
    public TimeSpan MonotonicNow => time.GetElapsedTime(0);

    /// <summary>
    /// The time, as far as it is known now, when the monotonic clock began: one look for all samples of a block, which would
    /// otherwise differ by whatever came between two looks at two clocks.
    /// </summary>
    public DateTimeOffset MonotonicBegan => known is { } k ? k.At(0) : SystemBegan();

    /// <summary>The time, as far as it is known now, at a moment of the monotonic clock.</summary>
    public DateTimeOffset TimeAt(TimeSpan monotonic) => MonotonicBegan + monotonic;

    /// <summary>The monotonic clock when the system's clock showed a time, milliseconds; null unless that was a moment ago.</summary>
    public long? MonotonicMsAt(DateTimeOffset system)
    {
        var age = time.GetUtcNow() - system;
        return age >= TimeSpan.Zero && age < Moment ? MonotonicMs - (long)age.TotalMilliseconds : null;
    }

    public ClockSource Source => given ?? known?.Source ?? (IsPossible(time.GetUtcNow()) ? ClockSource.Unknown : ClockSource.Unset);

    /// <summary>
    /// The time at which certificates are verified: the known time, or the latest time that has certainly passed.
    /// </summary>
    public DateTimeOffset VerifyAt
    {
        get
        {
            if (known is { } k) return k.At(MonotonicMs);
            lock (gate) return bound;
        }
    }

    /// <summary>What is known now; null while nothing is.</summary>
    internal KnownTime? Known => known;

    /// <summary>The newest knowledge that has not been appended as a repair; null when the last one still holds.</summary>
    internal KnownTime? Unreported { get; private set; }

    /// <summary>The repair that the hub has or will have; within its uncertainty nothing new is said.</summary>
    internal KnownTime? Reported { get; private set; }

    /// <summary>This time has passed: it was once known, or a trusted authority signed it.</summary>
    public void HasPassed(DateTimeOffset at)
    {
        lock (gate)
        {
            if (at > bound) bound = at;
        }
    }

    /// <summary>Takes the time of a fix of a receiver that is live.</summary>
    /// <param name="fixTime">Its GPS time.</param>
    /// <param name="monotonicMs">When it was read, or when it was.</param>
    /// <param name="byPulse">True when the receiver's pulse told when it was.</param>
    public void Heard(DateTimeOffset fixTime, long monotonicMs, bool byPulse = false)
    {
        if (given is not null) return;
        var told = false;
        lock (gate)
        {
            if (IsBelievable(fixTime) && fixes.Add(fixTime.ToUnixTimeMilliseconds() - monotonicMs) is { } offset)
                told = Take(new KnownTime(offset, byPulse ? options.PulseUncertaintyMs : options.GpsUncertaintyMs, ClockSource.Gps, monotonicMs));
        }

        if (told) Repaired?.Invoke();
    }

    /// <summary>Looks whether a time server has set the system's clock.</summary>
    public void LookAtNetwork()
    {
        if (given is not null || options.SynchronizedFile.Length == 0 || !File.Exists(options.SynchronizedFile)) return;
        var told = false;
        lock (gate)
        {
            var (wall, monotonic) = (time.GetUtcNow(), MonotonicMs);
            if (IsBelievable(wall)) told = Take(new KnownTime(wall.ToUnixTimeMilliseconds() - monotonic, options.NetworkUncertaintyMs, ClockSource.Network, monotonic));
        }

        if (told) Repaired?.Invoke();
    }

    /// <summary>What an earlier run of this boot knew and reported.</summary>
    internal void Restore(KnownTime earlier)
    {
        lock (gate) known = Reported = earlier;
    }

    /// <summary>The repair is in the outbox.</summary>
    internal void Report(KnownTime repair)
    {
        lock (gate)
        {
            Reported = repair;
            if (Unreported == repair) Unreported = null;
        }
    }

    /// <summary>The stamp of something that happens now and has no place.</summary>
    public Stamp StampNow() => Stamp(null, Now, MonotonicMs, replay: false);

    /// <summary>The stamp of a reading.</summary>
    /// <param name="fixTime">GPS time of the reading itself; null without a fix.</param>
    /// <param name="deviceTime">Wall clock when the reading was taken; what has become known since counts instead.</param>
    /// <param name="monotonicMs">Monotonic clock when it was taken.</param>
    /// <param name="replay">True when <paramref name="fixTime"/> comes from a rebased recording.</param>
    public Stamp Stamp(DateTimeOffset? fixTime, DateTimeOffset deviceTime, long monotonicMs, bool replay)
    {
        var k = known;
        return new Stamp
        {
            FixTime = fixTime?.ToUniversalTime(),
            DeviceTime = k?.At(monotonicMs) ?? deviceTime.ToUniversalTime(),
            Boot = Boot,
            MonotonicMs = monotonicMs,
            Clock = k?.Source ?? Source,
            UncertaintyMs = k?.ErrorMsAt(monotonicMs),
            Replay = replay,
        };
    }

    /// <returns>True when there is something new to report.</returns>
    private bool Take(KnownTime candidate)
    {
        if (known is { } k)
        {
            var error = k.ErrorMsAt(candidate.FoundAtMs);
            if (Math.Abs(candidate.OffsetMs - k.OffsetMs) <= (long)error + candidate.UncertaintyMs)
            {
                // They agree: the known one stays while it is about as good, so that stamps do not jitter with each reading.
                if (candidate.Source == k.Source) confirmedAtMs = candidate.FoundAtMs;
                if (candidate.UncertaintyMs > error / 2) return false;
            }
            else if (candidate.Source != ClockSource.Gps && k.Source == ClockSource.Gps && candidate.FoundAtMs - confirmedAtMs < SourceGone.TotalMilliseconds)
            {
                // Satellites stand above a network that anybody may have set up, while they are heard.
                return false;
            }
        }

        known = candidate;
        confirmedAtMs = candidate.FoundAtMs;
        if (Reported is { } said && Math.Abs(candidate.OffsetMs - said.OffsetMs) <= said.UncertaintyMs) return false;
        Unreported = candidate;
        return true;
    }

    private bool IsBelievable(DateTimeOffset at) => at >= NotBefore && at < NotBefore + LongestUse;

    // The system's clock between two looks at the monotonic one; again when the program rested in between.
    private DateTimeOffset SystemBegan()
    {
        var (began, least) = (default(DateTimeOffset), TimeSpan.MaxValue);
        for (var look = 0; look < 3 && least > CloseLook; look++)
        {
            var before = MonotonicNow;
            var now = time.GetUtcNow();
            var between = MonotonicNow - before;
            if (between < least) (began, least) = (now - before - between / 2, between);
        }

        return began;
    }

    private bool IsPossible(DateTimeOffset at)
    {
        lock (gate) return at >= bound && IsBelievable(at);
    }

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
