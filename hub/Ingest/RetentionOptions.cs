using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// How long the hub keeps what vehicles sent, in days since it arrived; 0 keeps for ever. What was folded from it (requests,
/// evidence, work orders) is kept apart.
/// </summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    private const int Most = 36_500;

    /// <summary>Tracks, by the day that they were driven: whole days go.</summary>
    [Range(0, Most)]
    public int TrackDays { get; set; } = 90;

    /// <summary>Lamps, shocks and roughness as sent.</summary>
    [Range(0, Most)]
    public int ObservationDays { get; set; } = 400;

    /// <summary>Health reports.</summary>
    [Range(0, Most)]
    public int HealthDays { get; set; } = 30;

    /// <summary>What crews did: actions and shift changes.</summary>
    [Range(0, Most)]
    public int WorkDays { get; set; }

    /// <summary>Tombstones, clock repairs and command results.</summary>
    [Range(0, Most)]
    public int OtherDays { get; set; } = 400;

    /// <summary>How often the hub looks for what is over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);
}
