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
