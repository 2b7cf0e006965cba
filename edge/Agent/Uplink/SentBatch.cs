using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>A batch on its way to the hub.</summary>
/// <param name="batch">Its records.</param>
/// <param name="bytes">As sent, compressed.</param>
/// <param name="sentMs">Monotonic.</param>
internal sealed class SentBatch(OutboxBatch batch, int bytes, long sentMs)
{
    private Dictionary<long, string>? hashes;

    public OutboxBatch Batch => batch;

    public int Bytes => bytes;

    public long SentMs => sentMs;

    public SentState State { get; set; }

    /// <summary>When it counts as lost, on the monotonic clock; null while the broker has not taken it.</summary>
    public long? DeadlineMs { get; set; }

    public bool Overlaps(long first, long last) => batch.Seqs.Any(s => s >= first && s <= last);

    /// <summary>Content hash of one of its records; null when it is not in here.</summary>
    public string? HashOf(long seq)
    {
        hashes ??= batch.Seqs.Zip(batch.Records).ToDictionary(r => r.First, r => WireCodec.ContentHash(r.Second.Span));
        return hashes.GetValueOrDefault(seq);
    }
}
