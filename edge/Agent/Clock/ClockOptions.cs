using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>What the vehicle believes about the time. Settings section <c>Clock</c>.</summary>
public sealed class ClockOptions
{
    /// <summary>
    /// File that exists once a time server has set the system's clock since boot; systemd-timesyncd makes it, with another
    /// daemon name a file that its hook touches. Empty: the system's clock is never believed.
    /// </summary>
    public string SynchronizedFile { get; set; } = "/run/systemd/timesync/synchronized";

    /// <summary>Bound on the error of a receiver's time when its sentence has been read, milliseconds.</summary>
    [Range(10, 10_000)]
    public int GpsUncertaintyMs { get; set; } = 1_000;

    /// <summary>Bound on the error of a receiver's time when its pulse each second is wired to the kernel (PPS), milliseconds.</summary>
    [Range(1, 10_000)]
    public int PulseUncertaintyMs { get; set; } = 20;

    /// <summary>Bound on the error of a clock that a time server has set, milliseconds.</summary>
    [Range(10, 10_000)]
    public int NetworkUncertaintyMs { get; set; } = 500;

    /// <summary>Time between looks at the system's clock, seconds.</summary>
    [Range(0.05, 3_600)]
    public double LookSeconds { get; set; } = 10;

    /// <summary>Time after which the known time is written down again, hours: each is one small write to the card.</summary>
    [Range(0.01, 168)]
    public double SaveHours { get; set; } = 1;
}
