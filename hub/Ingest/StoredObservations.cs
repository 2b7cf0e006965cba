using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Everything that vehicles sensed, as it was received, for whoever folds it again: a few rows at a time, so that no snapshot
/// is held long beside a hub that serves. What arrived in a stretch of time comes in one order, always the same.
/// </summary>
public sealed class StoredObservations(Database database)
{
    private const int PageSize = 500;
    private static readonly long[] Kinds = [(long)RecordKind.Lamp, (long)RecordKind.Shock, (long)RecordKind.Roughness];

    /// <summary>When the newest reading of all arrived; null where there is none.</summary>
    public Task<DateTimeOffset?> NewestAsync(CancellationToken cancel) => database.ReadAsync(c =>
    {
        // The last of each source, by its key: there is no index on times.
        var newest = RangeStore.Names(c).Keys.Select(source => c.QueryFirstOrDefault<long?>(
            "SELECT received_ms FROM readings WHERE source=@source ORDER BY seq DESC LIMIT 1", new { source })).Max();
        return newest is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : (DateTimeOffset?)null;
    }, cancel);

    /// <summary>Observations by time of arrival, then by source and sequence.</summary>
    /// <param name="from">Received then or later.</param>
    /// <param name="to">Received then or before.</param>
    /// <param name="cancel">Ends it between two reads.</param>
    public async IAsyncEnumerable<StoredRecord> ReadAsync(
        DateTimeOffset from, DateTimeOffset to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var window = new Window(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var names = await database.ReadAsync(RangeStore.Names, cancel).ConfigureAwait(false);
        var heads = new PriorityQueue<Source, (long ReceivedMs, long Source)>();
        foreach (var (id, (vehicle, epoch)) in names)
        {
            var source = new Source(id, vehicle, epoch);
            if (await FillAsync(source, window, cancel).ConfigureAwait(false)) heads.Enqueue(source, (source.Rows.Peek().ReceivedMs, id));
        }

        while (heads.TryDequeue(out var source, out _))
        {
            var row = source.Rows.Dequeue();
            yield return new StoredRecord(
                source.Vehicle, "", source.Epoch, StoredBody.Read(row.Body), DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedMs));
            if (await FillAsync(source, window, cancel).ConfigureAwait(false)) heads.Enqueue(source, (source.Rows.Peek().ReceivedMs, source.Id));
        }
    }

    /// <returns>False at the source's end.</returns>
    private async Task<bool> FillAsync(Source source, Window window, CancellationToken cancel)
    {
        if (source.Rows.Count == 0 && !source.AtEnd)
        {
            var rows = await database.ReadAsync(c => Page(c, source, window), cancel).ConfigureAwait(false);
            foreach (var row in rows) source.Rows.Enqueue(row);
            source.AtEnd = rows.Count < PageSize;
            if (rows.Count > 0) source.After = rows[^1].Seq;
        }

        return source.Rows.Count > 0;
    }

    private static List<Row> Page(DbConnection connection, Source source, Window window) => connection.Query<Row>(
        """
        SELECT seq AS Seq, received_ms AS ReceivedMs, body AS Body FROM readings
        WHERE source=@Id AND seq > @After AND kind IN @Kinds AND received_ms BETWEEN @FromMs AND @ToMs ORDER BY seq LIMIT @PageSize
        """,
        new { source.Id, source.After, Kinds, window.FromMs, window.ToMs, PageSize }).AsList();

    private sealed class Source(long id, string vehicle, string epoch)
    {
        public long Id { get; } = id;

        public string Vehicle { get; } = vehicle;

        public string Epoch { get; } = epoch;

        public Queue<Row> Rows { get; } = [];

        public long After { get; set; }

        public bool AtEnd { get; set; }
    }

    private sealed record Window(long FromMs, long ToMs);

    private sealed class Row
    {
        public long Seq { get; init; }

        public long ReceivedMs { get; init; }

        public byte[] Body { get; init; } = [];
    }
}
