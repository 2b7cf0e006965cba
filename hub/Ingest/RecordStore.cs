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

    /// <summary>Keys of rows that arrived before their kind's time, from a key on.</summary>
    /// <returns>At least one step's keys where there are any; and where to go on, null at the end.</returns>
    internal static (IReadOnlyList<(long Source, long Seq)> Over, (long Source, long Seq)? Next) Old(
        DbConnection connection, (long Source, long Seq) after, IReadOnlyDictionary<RecordKind, long> keepFrom)
    {
        const int rows = 200, most = 1_000, steps = 500;
        var youngest = keepFrom.Values.Max();
        var over = new List<(long Source, long Seq)>();
        using var next = connection.CreateCommand();
        next.CommandText = "SELECT source, seq, kind, received_ms FROM readings WHERE (source, seq) > (@source, @seq) ORDER BY source, seq LIMIT @rows";
        var (source, seq) = (Parameter("@source"), Parameter("@seq"));
        Parameter("@rows").Value = rows;
        for (var i = 0; i < steps && over.Count < most; i++)
        {
            var last = after;
            (source.Value, seq.Value) = (after.Source, after.Seq);
            using var row = next.ExecuteReader();
            while (row.Read())
            {
                var arrived = row.GetInt64(3);
                after = (row.GetInt64(0), row.GetInt64(1));
                if (arrived < keepFrom[(RecordKind)row.GetInt64(2)]) over.Add(after);
                if (arrived < youngest) continue;
                // Numbers arrive about in order: the rest of this source is younger still, and is looked at when this one is over.
                after = (after.Source, long.MaxValue);
                break;
            }

            if (after == last) return (over, null);
        }

        return (over, after);

        DbParameter Parameter(string name)
        {
            var parameter = next.CreateParameter();
            parameter.ParameterName = name;
            next.Parameters.Add(parameter);
            return parameter;
        }
    }

    /// <returns>False when it was gone already.</returns>
    internal static bool Remove(WriteScope scope, (long Source, long Seq) key) =>
        scope.Statement("DELETE FROM readings WHERE source=?1 AND seq=?2").Bind(1, key.Source).Bind(2, key.Seq).Run() > 0;

    /// <summary>Bodies behind a key, in order.</summary>
    internal static IReadOnlyList<(long Source, long Seq, byte[] Body)> Page(DbConnection connection, (long Source, long Seq) after, int most) =>
        [.. connection.Query<(long, long, byte[])>(
            "SELECT source, seq, body FROM readings WHERE (source, seq) > (@Source, @Seq) ORDER BY source, seq LIMIT @most",
            new { after.Source, after.Seq, most })];

    internal static IEnumerable<LedgerRow> Between(DbConnection connection, long source, long first, long last) =>
        connection.Query<(long Seq, byte[] Hash, long Kind)>(
            "SELECT seq, hash, kind FROM readings WHERE source=@source AND seq BETWEEN @first AND @last ORDER BY seq", new { source, first, last })
            .Select(r => new LedgerRow(r.Seq, Convert.ToHexStringLower(r.Hash), (RecordKind)r.Kind));

    /// <summary>A source's newest health record, and when it arrived; null when it is not among its newest records.</summary>
    internal static (byte[] Body, long ReceivedMs)? Health(DbConnection connection, long source)
    {
        // One comes every few minutes: a vehicle that stopped telling of its health is not searched from end to end.
        const int newest = 4_000;
        var found = connection.QueryFirstOrDefault<(byte[]? Body, long ReceivedMs)>(
            """
            SELECT body, received_ms FROM readings
            WHERE source=@source AND kind=@Health AND seq > (SELECT MAX(seq) FROM readings WHERE source=@source) - @newest ORDER BY seq DESC LIMIT 1
            """, new { source, RecordKind.Health, newest });
        return found.Body is { } body ? (body, found.ReceivedMs) : null;
    }

    /// <summary>Bodies of a source's newest observations, last first.</summary>
    internal static IEnumerable<byte[]> Observations(DbConnection connection, long source, int most) =>
        connection.Query<byte[]>(
            "SELECT body FROM readings WHERE source=@source AND kind IN (@Lamp, @Shock, @Roughness) ORDER BY seq DESC LIMIT @most",
            new { source, RecordKind.Lamp, RecordKind.Shock, RecordKind.Roughness, most });
}
