using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Contents of what the hub acknowledged last: an acknowledgement that names it once more, together with something new,
/// can still be compared with what was sent.
/// </summary>
internal sealed class Settled
{
    private const int Most = 512;

    private readonly Dictionary<RecordId, string> hashes = [];
    private readonly Queue<RecordId> order = new();

    public void Add(SentBatch batch)
    {
        foreach (var seq in batch.Batch.Seqs)
        {
            var id = new RecordId(batch.Batch.Epoch, seq);
            if (hashes.TryAdd(id, batch.HashOf(seq)!)) order.Enqueue(id);
        }

        while (order.Count > Most) hashes.Remove(order.Dequeue());
    }

    public string? HashOf(string epoch, long seq) => hashes.GetValueOrDefault(new RecordId(epoch, seq));
}
