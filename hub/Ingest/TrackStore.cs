using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Tracks, in one file for each UTC day of their first fix (<c>tracks/2026-11-22.db</c>). A day's file commits before the
/// main database: what is in it without its range there comes again and takes its own place.
/// </summary>
public sealed class TrackStore(Database database) : IDisposable
{
    public const string FolderName = "tracks";

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS tracks (
          source      INTEGER NOT NULL,
          seq         INTEGER NOT NULL,
          start_ms    INTEGER NOT NULL,
          end_ms      INTEGER NOT NULL,
          received_ms INTEGER NOT NULL,
          hash        BLOB    NOT NULL,
          body        BLOB    NOT NULL,
          PRIMARY KEY (source, seq)
        ) STRICT, WITHOUT ROWID;
        """;

    // A track lies in the day that it begins in.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // Before the product: a receiver whose week counter has rolled over must not make a file for each of its days.
    private static readonly DateTimeOffset Earliest = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal DayFiles Files { get; } = new(Path.Combine(database.Folder, FolderName), Schema, database.LogMb);

    /// <summary>Makes tracks durable, day by day. On the writer's thread.</summary>
    internal void Add(IEnumerable<Incoming> records)
    {
        foreach (var day in records.GroupBy(DayOf))
        {
            Files.Write(day.Key, file =>
            {
                var insert = file.Statement("INSERT OR REPLACE INTO tracks (source, seq, start_ms, end_ms, received_ms, hash, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
                foreach (var incoming in day)
                {
                    var track = incoming.Record!.Track!;
                    var start = track.Start.ToUnixTimeMilliseconds();
                    insert.Bind(1, incoming.Source).Bind(2, incoming.Seq).Bind(3, start).Bind(4, start + track.DtMs.Sum(d => (long)d))
                        .Bind(5, incoming.ReceivedTime.ToUnixTimeMilliseconds()).Bind(6, Convert.FromHexString(incoming.Hash)).Bind(7, StoredBody.Pack(incoming.Bytes).Span).Run();
                }
            });
        }
    }

    /// <summary>
    /// The content hash under a key: from the day that the record itself names, which is where it lies when it is the same;
    /// else from wherever it is. On the writer's thread.
    /// </summary>
    internal string? Hash(Incoming incoming)
    {
        if (incoming.Record?.Track is not null && Hash(DayOf(incoming), incoming) is { } same) return same;
        return Files.Days().Select(day => Hash(day, incoming)).FirstOrDefault(h => h is not null);
    }

    /// <summary>Rows of a stretch from all days, newest day first, until <paramref name="wanted"/> are found; in no order.</summary>
    internal IReadOnlyList<LedgerRow> Between(long source, long first, long last, long wanted)
    {
        var found = new List<LedgerRow>();
        foreach (var day in Files.Days())
        {
            if (found.Count >= wanted) break;
            found.AddRange(Files.Read(day, c => c.Query<(long Seq, byte[] Hash)>(
                "SELECT seq, hash FROM tracks WHERE source=@source AND seq BETWEEN @first AND @last", new { source, first, last })
                .Select(r => new LedgerRow(r.Seq, Convert.ToHexStringLower(r.Hash), RecordKind.Track)).ToList(), []));
        }

        return found;
    }

    /// <summary>Bodies of the tracks of some sources that reach into a time window, by time.</summary>
    internal IReadOnlyList<byte[]> Bodies(IReadOnlyList<long> sources, DateTimeOffset from, DateTimeOffset to, int most)
    {
        var window = new { sources, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), most };
        var bodies = new List<byte[]>();
        foreach (var day in Files.Days().Reverse().Where(d => d >= Day(from - Longest) && d <= Day(to)))
        {
            if (bodies.Count >= most) break;
            bodies.AddRange(Files.Read(day, c => c.Query<byte[]>(
                "SELECT body FROM tracks WHERE source IN @sources AND start_ms<=@to AND end_ms>=@from ORDER BY start_ms LIMIT @most", window).ToList(), []));
        }

        return bodies.Count > most ? bodies[..most] : bodies;
    }

    /// <summary>Bodies of a day behind a key, in order.</summary>
    internal IReadOnlyList<(long Source, long Seq, byte[] Body)> Page(DateOnly day, (long Source, long Seq) after, int most) =>
        Files.Read(day, c => c.Query<(long, long, byte[])>(
            "SELECT source, seq, body FROM tracks WHERE (source, seq) > (@Source, @Seq) ORDER BY source, seq LIMIT @most",
            new { after.Source, after.Seq, most }).ToList(), []);

    public void Dispose() => Files.Dispose();

    private static DateOnly DayOf(Incoming incoming) =>
        Day(incoming.Record!.Track!.Start is { } start && start >= Earliest && start <= incoming.ReceivedTime.AddDays(1) ? start : incoming.ReceivedTime);

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private string? Hash(DateOnly day, Incoming incoming) => Files.Look(day, file =>
    {
        var row = file.Statement("SELECT hash FROM tracks WHERE source=?1 AND seq=?2").Bind(1, incoming.Source).Bind(2, incoming.Seq);
        if (!row.Next()) return null;
        var hash = Convert.ToHexStringLower(row.Blob(0));
        row.Reset();
        return hash;
    });
}
