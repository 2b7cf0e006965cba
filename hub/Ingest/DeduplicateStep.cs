using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Marks what was there before, by ranges for each (vehicle, epoch), and adds the rest to the ranges. Another content
/// under a known key is a fork. Records that are kept aside count as there, too: sent again, they are only acknowledged.
/// </summary>
public sealed class DeduplicateStep(IngestStore store)
{
    public void Run(WriteScope scope, IReadOnlyList<Incoming> records)
    {
        foreach (var group in records.GroupBy(r => (Vehicle: r.Vehicle.Id, r.Epoch)))
        {
            var (vehicle, epoch) = group.Key;
            var (least, most) = (group.Min(r => r.Seq), group.Max(r => r.Seq));
            var before = store.Ranges(scope, vehicle, epoch, least, most);
            var ranges = new SeqRanges(before);
            var hashes = new Dictionary<long, string>();
            foreach (var incoming in group)
            {
                if (ranges.Add(incoming.Seq))
                {
                    hashes.Add(incoming.Seq, incoming.Hash);
                    continue;
                }

                var known = hashes.GetValueOrDefault(incoming.Seq) ?? store.Hash(scope, vehicle, epoch, incoming.Seq) ?? AsideStore.Hash(scope, vehicle, epoch, incoming.Seq);
                if (known is null || known == incoming.Hash) incoming.Duplicate = true;
                else incoming.KeepAside(AsideReason.Fork, $"stored with content {known}, came with {incoming.Hash}");
            }

            store.ReplaceRanges(scope, vehicle, epoch, before, [.. ranges.All]);
        }
    }
}
