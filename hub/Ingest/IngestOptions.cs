using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>How the hub reads its vehicles.</summary>
public sealed class IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>Most messages in one transaction.</summary>
    [Range(1, 10_000)]
    public int BatchMessages { get; set; } = 2_000;

    /// <summary>How far a time may lie ahead of the hub's clock before the record is kept aside.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FutureTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence after which a live position of another boot replaces the held one, whatever its clock says.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PositionStale { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Messages and records kept aside; past this the oldest are dropped and counted.</summary>
    [Range(100, 10_000_000)]
    public int AsideMost { get; set; } = 20_000;

    /// <summary>Bytes kept of each, from its beginning.</summary>
    [Range(0, 65_536)]
    public int AsideBytes { get; set; } = 4_096;

    /// <summary>Wait before a batch is tried again that could not be stored (disk full, database locked).</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:05:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}
