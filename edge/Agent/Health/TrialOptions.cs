using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>How a changed configuration or program proves itself before it stays. Settings section <c>Trial</c>.</summary>
public sealed class TrialOptions
{
    /// <summary>Longest time of running after which what is not healthy is taken back, minutes.</summary>
    [Range(0.02, 240)]
    public double Minutes { get; set; } = 5;

    /// <summary>How long everything must be well without a break, seconds.</summary>
    [Range(0, 3600)]
    public double SettleSeconds { get; set; } = 20;

    /// <summary>How much longer it may go on when only the hub was not reached, minutes: a depot can be without a signal.</summary>
    [Range(0, 10_080)]
    public double PatienceMinutes { get; set; } = 120;

    /// <summary>Starts that were not ended cleanly until it is taken back: it crashes, or hangs and is killed.</summary>
    [Range(1, 20)]
    public int Starts { get; set; } = 3;
}
