using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>How the vehicle comes to its identity and keeps it. Settings section <c>Enrolment</c>.</summary>
[LocalOnly]
public sealed class EnrolmentOptions
{
    /// <summary>Files that are looked at for a one-time code, so that nobody has to sign in on the vehicle.</summary>
    public IReadOnlyList<string> CodeFiles { get; set; } = ["/boot/firmware/enrol.code", "/etc/field-agent/enrol.code"];

    /// <summary>Seconds between two looks for a code, and whether a renewal is due.</summary>
    [Range(0.1, 3_600)]
    public double CheckSeconds { get; set; } = 10;

    /// <summary>Hours between two questions at the hub's door: authorities, addresses, keys.</summary>
    [Range(0.001, 720)]
    public double LookHours { get; set; } = 24;

    /// <summary>Share of its certificate's life after which the vehicle renews it; a little later for some than for others.</summary>
    [Range(0.0, 0.95)]
    public double RenewAt { get; set; } = 0.66;

    /// <summary>True: each renewal makes a new key.</summary>
    public bool NewKey { get; set; } = true;

    /// <summary>Minutes without the broker after which the door is asked before its time: the certificate may be the reason.</summary>
    [Range(0.01, 1_440)]
    public double AskAfterMinutes { get; set; } = 10;

    /// <summary>First and longest wait after a try that failed, seconds; doubled in between, with jitter.</summary>
    [Range(0.1, 3_600)]
    public double RetryFirstSeconds { get; set; } = 5;

    /// <inheritdoc cref="RetryFirstSeconds"/>
    [Range(1, 86_400)]
    public double RetryLongestSeconds { get; set; } = 1_800;
}
