using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Keeps the new records and counts them. A track counts each of its fixes as a reading.</summary>
public sealed class StoreStep(TrackStore tracks, IngestStore counts)
{
    public void Run(WriteScope scope, IReadOnlyList<Incoming> records)
    {
        var good = records.Where(r => r.IsStored).ToList();
        RecordStore.Add(scope, good.Where(r => r.Record!.Track is null));
        tracks.Add(good.Where(r => r.Record!.Track is not null));
        counts.Count(scope, IngestCounts.Records, good.Count);
        counts.Count(scope, IngestCounts.Readings, good.Sum(r => r.Record!.Track?.DtMs.Length ?? 1));
        counts.Count(scope, IngestCounts.Observations, good.Count(r => r.Record!.Kind is RecordKind.Lamp or RecordKind.Shock or RecordKind.Roughness));
        counts.Count(scope, IngestCounts.Duplicates, records.Count(r => r.Duplicate));
    }
}
