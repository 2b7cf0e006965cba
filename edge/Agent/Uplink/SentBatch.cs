using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>A batch on its way to the hub.</summary>
internal sealed class SentBatch(OutboxBatch batch, int bytes)
{
    public OutboxBatch Batch => batch;

    /// <summary>As sent, compressed.</summary>
    public int Bytes => bytes;

    /// <summary>When it counts as lost, on the monotonic clock; null while the broker has not taken it.</summary>
    public long? DeadlineMs { get; set; }

    /// <summary>True when the connection it was sent on is gone: its records were given back.</summary>
    public bool Abandoned { get; set; }
}
