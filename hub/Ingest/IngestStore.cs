using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>The tables <c>readings</c>, <c>ingest_ranges</c> and <c>ingest_counts</c>.</summary>
public sealed class IngestStore
{
    /// <summary>Ranges that hold or touch a sequence number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public IReadOnlyList<(long First, long Last)> Ranges(WriteScope scope, string vehicle, string epoch, long least, long most) =>
        // A range that covers `least` starts before it; ranges are disjoint, so it is the last one that does.
        [.. scope.Query<(long, long)>(
            """
            SELECT first, last FROM ingest_ranges WHERE vehicle=@vehicle AND epoch=@epoch
              AND first BETWEEN COALESCE((SELECT MAX(first) FROM ingest_ranges WHERE vehicle=@vehicle AND epoch=@epoch AND first<=@least), @least) AND @most + 1
            ORDER BY first
            """,
            new { vehicle, epoch, least, most = Math.Min(most, long.MaxValue - 1) })];

    /// <summary>What is known of a stretch, cut to it.</summary>
    public IReadOnlyList<(long First, long Last)> Known(DbConnection connection, string vehicle, string epoch, long first, long last) =>
        [.. connection.Query<(long First, long Last)>(
            """
            SELECT first, last FROM ingest_ranges WHERE vehicle=@vehicle AND epoch=@epoch
              AND first BETWEEN COALESCE((SELECT MAX(first) FROM ingest_ranges WHERE vehicle=@vehicle AND epoch=@epoch AND first<=@least), @least) AND @most
              AND last>=@least ORDER BY first
            """,
            new { vehicle, epoch, least = first, most = last }).Select(r => (Math.Max(r.First, first), Math.Min(r.Last, last)))];

    /// <summary>Content hashes of a stretch in order; what was kept aside or is gone by retention is missing.</summary>
    public IReadOnlyList<string> Hashes(DbConnection connection, string vehicle, string epoch, long first, long last) =>
        [.. connection.Query<string>(
            "SELECT hash FROM readings WHERE vehicle=@vehicle AND epoch=@epoch AND seq BETWEEN @first AND @last ORDER BY seq",
            new { vehicle, epoch, first, last })];

    public void ReplaceRanges(
        WriteScope scope, string vehicle, string epoch, IReadOnlyList<(long First, long Last)> before, IReadOnlyList<(long First, long Last)> after)
    {
        foreach (var (first, _) in before.Except(after))
            scope.Execute("DELETE FROM ingest_ranges WHERE vehicle=@vehicle AND epoch=@epoch AND first=@first", new { vehicle, epoch, first });
        foreach (var (first, last) in after.Except(before))
            scope.Execute("INSERT INTO ingest_ranges (vehicle, epoch, first, last) VALUES (@vehicle, @epoch, @first, @last)", new { vehicle, epoch, first, last });
    }

    /// <summary>The content hash under a key; null when the record was kept aside or is gone by retention.</summary>
    public string? Hash(WriteScope scope, string vehicle, string epoch, long seq) =>
        scope.QueryFirstOrDefault<string>("SELECT hash FROM readings WHERE vehicle=@vehicle AND epoch=@epoch AND seq=@seq", new { vehicle, epoch, seq });

    public void Add(WriteScope scope, IEnumerable<Incoming> records)
    {
        using var insert = scope.Connection.CreateCommand();
        insert.Transaction = scope.Transaction;
        insert.CommandText =
            """
            INSERT INTO readings (vehicle, epoch, seq, kind, hash, fix_ms, device_ms, received_ms, body)
            VALUES (@vehicle, @epoch, @seq, @kind, @hash, @fix, @device, @received, @body)
            """;
        string[] names = ["@vehicle", "@epoch", "@seq", "@kind", "@hash", "@fix", "@device", "@received", "@body"];
        foreach (var name in names)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = name;
            insert.Parameters.Add(parameter);
        }

        foreach (var incoming in records)
        {
            var record = incoming.Record!;
            var fix = (record.Track?.Start ?? record.Stamp.FixTime)?.ToUnixTimeMilliseconds();
            object[] values =
            [
                incoming.Vehicle.Id, incoming.Epoch, incoming.Seq, Word(record.Kind), incoming.Hash,
                fix is { } ms ? ms : DBNull.Value, record.Stamp.DeviceTime.ToUnixTimeMilliseconds(),
                incoming.ReceivedTime.ToUnixTimeMilliseconds(), Encoding.UTF8.GetString(incoming.Bytes.Span),
            ];
            for (var i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i];
            insert.ExecuteNonQuery();
        }
    }

    public void Count(WriteScope scope, string name, long n)
    {
        if (n == 0) return;
        scope.Execute("INSERT INTO ingest_counts (name, n) VALUES (@name, @n) ON CONFLICT (name) DO UPDATE SET n=n+excluded.n", new { name, n });
    }

    public IReadOnlyDictionary<string, long> Counts(DbConnection connection) =>
        connection.Query<(string Name, long N)>("SELECT name, n FROM ingest_counts").ToDictionary(c => c.Name, c => c.N);

    /// <summary>Readings of a vehicle in order of arrival, after a row id.</summary>
    public IReadOnlyList<LedgerRow> Ledger(DbConnection connection, string vehicle, long after, int most) =>
        [.. connection.Query<LedgerRow>(
            "SELECT id, epoch, seq, hash, kind FROM readings WHERE vehicle=@vehicle AND id>@after ORDER BY id LIMIT @most",
            new { vehicle, after, most })];

    /// <summary>Bodies of the tracks that begin in a time window, by time.</summary>
    public IReadOnlyList<string> Tracks(DbConnection connection, string vehicle, DateTimeOffset from, DateTimeOffset to, int most) =>
        [.. connection.Query<string>(
            "SELECT body FROM readings WHERE kind='track' AND vehicle=@vehicle AND fix_ms BETWEEN @from AND @to ORDER BY fix_ms LIMIT @most",
            new { vehicle, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), most })];

    /// <summary>Bodies of a vehicle's newest observations, last arrived first.</summary>
    public IReadOnlyList<string> Observations(DbConnection connection, string vehicle, int most) =>
        [.. connection.Query<string>(
            "SELECT body FROM readings WHERE kind IN ('lamp', 'shock', 'roughness') AND vehicle=@vehicle ORDER BY id DESC LIMIT @most",
            new { vehicle, most })];

    private static string Word(Wire.RecordKind kind) => kind.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>One line of the ledger.</summary>
    public sealed record LedgerRow(long Id, string Epoch, long Seq, string Hash, string Kind);
}
