using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Marks what was there before, by ranges for each (vehicle, epoch), and adds the rest to the ranges. Another content
/// under a known key is a fork. Records that are kept aside count as there, too: sent again, they are only acknowledged.
/// </summary>
public sealed class DeduplicateStep(KnownRanges known, TrackStore tracks)
{
    public void Run(WriteScope scope, IReadOnlyList<Incoming> records)
    {
        scope.IfGivenUp(known.Forget);
        var fresh = new Dictionary<(long, long), string>(records.Count);
        foreach (var incoming in records)
        {
            if (known.Add(scope, incoming))
            {
                fresh.Add((incoming.Source, incoming.Seq), incoming.Hash);
                continue;
            }

            var stored = fresh.GetValueOrDefault((incoming.Source, incoming.Seq)) ?? Hash(scope, incoming);
            if (stored is null || stored == incoming.Hash) incoming.Duplicate = true;
            else incoming.KeepAside(AsideReason.Fork, $"stored with content {stored}, came with {incoming.Hash}");
        }

        known.Save(scope);
    }

    // Where it most likely is comes first; a key that is nowhere was removed by retention, and only its number is left.
    private string? Hash(WriteScope scope, Incoming incoming) =>
        RecordStore.Hash(scope, incoming.Source, incoming.Seq)
        ?? AsideStore.Hash(scope, incoming.Vehicle.Id, incoming.Epoch, incoming.Seq)
        ?? tracks.Hash(incoming);
}
