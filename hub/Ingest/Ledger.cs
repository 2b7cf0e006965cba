using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>What is stored under which numbers, over the main database and the files of the days.</summary>
public sealed class Ledger(TrackStore tracks)
{
    /// <summary>Stored records of a stretch in order; what was kept aside or is gone by retention is missing.</summary>
    internal IReadOnlyList<LedgerRow> Between(DbConnection connection, long source, long first, long last)
    {
        var rows = RecordStore.Between(connection, source, first, last).ToDictionary(r => r.Seq);
        // A fork may lie in a day's file from before the crash that gave its transaction up: the main database decides.
        foreach (var track in tracks.Between(source, first, last, last - first + 1 - rows.Count)) rows.TryAdd(track.Seq, track);
        return [.. rows.Values.OrderBy(r => r.Seq)];
    }

    /// <summary>The next stretch of an epoch behind a number that has anything in it; null at the end.</summary>
    internal static (long First, long Last)? Next(DbConnection connection, long source, long after, int most)
    {
        if (after == long.MaxValue || RangeStore.Between(connection, source, after + 1, long.MaxValue, 1) is not [var (first, last)]) return null;
        return (first, last - first < most ? last : first + most - 1);
    }
}
