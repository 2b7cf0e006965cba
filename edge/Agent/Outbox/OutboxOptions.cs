using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>How records are kept until the hub has them. Settings section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>
    /// Longest time a record waits for its fsync when nobody waits for it, seconds.
    /// </summary>
    [Range(0.01, 10)]
    public double GroupSeconds { get; set; } = 1;

    /// <summary>A file of records is closed at this size, bytes; files are removed whole.</summary>
    [Range(4 * 1024, 256 * 1024 * 1024)]
    public int SegmentBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Time between two looks for files that hold mostly what the hub has, seconds. Such a file is written again without
    /// it, when nothing of it was acknowledged between two looks: it is not just being sent.
    /// </summary>
    [Range(0.01, 3600)]
    public double RewriteSeconds { get; set; } = 30;

    /// <summary>
    /// Most bytes of records on disk. Near it tracks are thinned to 5 m, then health records, tracks, and observations
    /// that are neither faults nor dark lamps are dropped, oldest first; a tombstone says which. Crew actions, shifts and
    /// faults are never dropped.
    /// </summary>
    [Range(64 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>
    /// Text file that gets one line per record (<c>epoch seq kind hash</c>) before the record can be sent: what tests and
    /// the demo compare with the hub's ledger. Empty: none.
    /// </summary>
    [LocalOnly]
    public string AppendLog { get; set; } = "";
}
