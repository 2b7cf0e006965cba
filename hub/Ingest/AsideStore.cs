using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// The table <c>aside</c>: bounded, the oldest go first. The counters by reason live in <c>ingest_counts</c> and never shrink.
/// </summary>
public sealed class AsideStore(IngestStore counts, IngestOptions options)
{
    private const string CountPrefix = "aside:";
    private const string Dropped = "aside-dropped";

    public void Keep(WriteScope scope, IEnumerable<Aside> asides)
    {
        var byReason = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var aside in asides)
        {
            var bytes = aside.Bytes.Length > options.AsideBytes ? aside.Bytes[..options.AsideBytes] : aside.Bytes;
            var kept = scope.Execute(
                """
                INSERT INTO aside (id, received_ms, topic, vehicle, reason, detail, record_key, bytes)
                VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM aside), @received, @topic, @vehicle, @reason, @detail, @key, @bytes)
                ON CONFLICT (record_key) DO NOTHING
                """,
                new
                {
                    received = aside.ReceivedTime.ToUnixTimeMilliseconds(),
                    topic = Cut(aside.Topic, 256),
                    vehicle = aside.Vehicle,
                    reason = aside.Reason,
                    detail = Cut(aside.Detail, 500),
                    key = aside.RecordKey,
                    bytes = bytes.IsEmpty ? null : bytes.ToArray(),
                });
            if (kept == 1) byReason[aside.Reason] = byReason.GetValueOrDefault(aside.Reason) + 1;
        }

        if (byReason.Count == 0) return;
        foreach (var (reason, n) in byReason) counts.Count(scope, CountPrefix + reason, n);
        var dropped = scope.Execute("DELETE FROM aside WHERE id <= (SELECT MAX(id) FROM aside) - @most", new { most = options.AsideMost });
        counts.Count(scope, Dropped, dropped);
    }

    /// <summary>The content hash of a record that was kept aside, as long as it is kept.</summary>
    public static string? Hash(WriteScope scope, string vehicle, string epoch, long seq)
    {
        var before = RecordKey(vehicle, epoch, seq, string.Empty);
        return scope.QueryFirstOrDefault<string>(
            "SELECT record_key FROM aside WHERE record_key>@before AND record_key<@after AND reason<>@fork ORDER BY id LIMIT 1",
            new { before, after = before + '~', fork = AsideReason.Fork })?[before.Length..];
    }

    /// <summary>Names a record and its content.</summary>
    internal static string RecordKey(string vehicle, string epoch, long seq, string hash) => $"{vehicle}/{epoch}/{seq}/{hash}";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Row> Newest(DbConnection connection, string? reason, long before, int most) =>
        [.. connection.Query<Row>(
            """
            SELECT id, received_ms AS ReceivedMs, topic, vehicle, reason, detail, bytes FROM aside
            WHERE id<@before AND (@reason IS NULL OR reason=@reason) ORDER BY id DESC LIMIT @most
            """,
            new { before, reason, most })];

    /// <summary>Counters by reason, and how many were dropped for space.</summary>
    public static (IReadOnlyDictionary<string, long> ByReason, long Dropped) Counters(IReadOnlyDictionary<string, long> counts) =>
        (counts.Where(c => c.Key.StartsWith(CountPrefix, StringComparison.Ordinal)).ToDictionary(c => c.Key[CountPrefix.Length..], c => c.Value),
         counts.GetValueOrDefault(Dropped));

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    /// <summary>One row as stored.</summary>
    public sealed record Row(long Id, long ReceivedMs, string Topic, string? Vehicle, string Reason, string Detail, byte[]? Bytes);
}
