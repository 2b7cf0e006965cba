using System.ComponentModel.DataAnnotations;

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
    /// Most bytes of records that wait for the hub. Above it the oldest tracks and health records are dropped and a
    /// tombstone says which; crew actions, shifts and observations never are.
    /// </summary>
    [Range(64 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>
    /// Text file that gets one line per record (<c>epoch seq kind hash</c>) before the record can be sent: what tests and
    /// the demo compare with the hub's ledger. Empty: none.
    /// </summary>
    public string AppendLog { get; set; } = "";
}
