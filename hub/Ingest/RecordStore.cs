using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>The table <c>readings</c>: every record that is no track, beside what was folded from it.</summary>
internal static class RecordStore
{
    internal static void Add(WriteScope scope, IEnumerable<Incoming> records)
    {
        var insert = scope.Statement("INSERT INTO readings (source, seq, kind, received_ms, hash, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        foreach (var incoming in records)
        {
            insert.Bind(1, incoming.Source).Bind(2, incoming.Seq).Bind(3, (long)incoming.Record!.Kind)
                .Bind(4, incoming.ReceivedTime.ToUnixTimeMilliseconds()).Bind(5, Convert.FromHexString(incoming.Hash)).Bind(6, StoredBody.Pack(incoming.Bytes).Span).Run();
        }
    }

    /// <summary>The content hash under a key; null when no such record is here.</summary>
    internal static string? Hash(WriteScope scope, long source, long seq)
    {
        var row = scope.Statement("SELECT hash FROM readings WHERE source=?1 AND seq=?2").Bind(1, source).Bind(2, seq);
        if (!row.Next()) return null;
        var hash = Convert.ToHexStringLower(row.Blob(0));
        row.Reset();
        return hash;
    }

    /// <summary>Removes rows that arrived before their kind's time, from a key on, as long as this transaction may work.</summary>
    /// <returns>Where to go on, null at the end; and how many went.</returns>
    internal static ((long Source, long Seq)? Next, long Removed) RemoveOld(WriteScope scope, (long Source, long Seq) after, IReadOnlyDictionary<RecordKind, long> keepFrom)
    {
        const int step = 200;
        var youngest = keepFrom.Values.Max();
        var removed = 0L;
        var over = new List<(long Source, long Seq)>(step);
        do
        {
            var last = after;
            over.Clear();
            var rows = scope.Statement("SELECT source, seq, kind, received_ms FROM readings WHERE (source, seq) > (?1, ?2) ORDER BY source, seq LIMIT ?3")
                .Bind(1, after.Source).Bind(2, after.Seq).Bind(3, step);
            while (rows.Next())
            {
                var arrived = rows.Number(3);
                after = (rows.Number(0), rows.Number(1));
                if (arrived < keepFrom[(RecordKind)rows.Number(2)]) over.Add(after);
                if (arrived < youngest) continue;
                // Numbers arrive about in order: the rest of this source is younger still, and is looked at when this one is over.
                after = (after.Source, long.MaxValue);
                rows.Reset();
                break;
            }

            foreach (var key in over) removed += scope.Statement("DELETE FROM readings WHERE source=?1 AND seq=?2").Bind(1, key.Source).Bind(2, key.Seq).Run();
            if (after == last) return (null, removed);
        }
        while (!scope.MustYield);
        return (after, removed);
    }

    /// <summary>Bodies behind a key, in order.</summary>
    internal static IReadOnlyList<(long Source, long Seq, byte[] Body)> Page(DbConnection connection, (long Source, long Seq) after, int most) =>
        [.. connection.Query<(long, long, byte[])>(
            "SELECT source, seq, body FROM readings WHERE (source, seq) > (@Source, @Seq) ORDER BY source, seq LIMIT @most",
            new { after.Source, after.Seq, most })];

    internal static IEnumerable<LedgerRow> Between(DbConnection connection, long source, long first, long last) =>
        connection.Query<(long Seq, byte[] Hash, long Kind)>(
            "SELECT seq, hash, kind FROM readings WHERE source=@source AND seq BETWEEN @first AND @last ORDER BY seq", new { source, first, last })
            .Select(r => new LedgerRow(r.Seq, Convert.ToHexStringLower(r.Hash), (RecordKind)r.Kind));

    /// <summary>Bodies of a source's newest observations, last first.</summary>
    internal static IEnumerable<byte[]> Observations(DbConnection connection, long source, int most) =>
        connection.Query<byte[]>(
            "SELECT body FROM readings WHERE source=@source AND kind IN (@Lamp, @Shock, @Roughness) ORDER BY seq DESC LIMIT @most",
            new { source, RecordKind.Lamp, RecordKind.Shock, RecordKind.Roughness, most });
}
