using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>The tables <c>sources</c> and <c>ingest_ranges</c>: which records of each (vehicle, epoch) have arrived.</summary>
internal static class RangeStore
{
    /// <summary>Ranges of a source, which is made when it is new.</summary>
    internal static SeqRanges Load(WriteScope scope, Incoming incoming)
    {
        scope.Statement("INSERT INTO sources (id, vehicle, epoch, created_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (vehicle, epoch) DO NOTHING")
            .Bind(1, incoming.Source).Bind(2, incoming.Vehicle.Id).Bind(3, incoming.Epoch).Bind(4, incoming.ReceivedTime.ToUnixTimeMilliseconds()).Run();
        var rows = scope.Statement("SELECT first, last FROM ingest_ranges WHERE source=?1 ORDER BY first").Bind(1, incoming.Source);
        var ranges = new List<(long, long)>();
        while (rows.Next()) ranges.Add((rows.Number(0), rows.Number(1)));
        return new SeqRanges(ranges);
    }

    /// <summary>Writes what changed since the ranges were loaded or last saved.</summary>
    internal static void Save(WriteScope scope, long source, SeqRanges ranges)
    {
        foreach (var (first, last) in ranges.TakeChanges())
        {
            if (last is { } end)
            {
                scope.Statement("INSERT INTO ingest_ranges (source, first, last) VALUES (?1, ?2, ?3) ON CONFLICT (source, first) DO UPDATE SET last=excluded.last")
                    .Bind(1, source).Bind(2, first).Bind(3, end).Run();
            }
            else
            {
                scope.Statement("DELETE FROM ingest_ranges WHERE source=?1 AND first=?2").Bind(1, source).Bind(2, first).Run();
            }
        }
    }

    /// <summary>Every epoch of a vehicle that was ever heard of, oldest first.</summary>
    internal static IReadOnlyList<Source> Sources(DbConnection connection, string vehicle) =>
        [.. connection.Query<Source>("SELECT id AS Id, epoch AS Epoch FROM sources WHERE vehicle=@vehicle ORDER BY created_ms, epoch", new { vehicle })];

    /// <summary>Names of all sources by their number.</summary>
    internal static IReadOnlyDictionary<long, (string Vehicle, string Epoch)> Names(DbConnection connection) =>
        connection.Query<(long Id, string Vehicle, string Epoch)>("SELECT id, vehicle, epoch FROM sources").ToDictionary(s => s.Id, s => (s.Vehicle, s.Epoch));

    /// <summary>What has arrived of a stretch, cut to it; stored, kept aside, or gone by retention since.</summary>
    internal static IReadOnlyList<(long First, long Last)> Between(DbConnection connection, long source, long first, long last, int most = int.MaxValue) =>
        // A range that covers `first` starts before it; ranges are disjoint, so it is the last one that does.
        [.. connection.Query<(long First, long Last)>(
            """
            SELECT first, last FROM ingest_ranges WHERE source=@source
              AND first BETWEEN COALESCE((SELECT MAX(first) FROM ingest_ranges WHERE source=@source AND first<=@first), @first) AND @last
              AND last>=@first ORDER BY first LIMIT @most
            """,
            new { source, first, last, most }).Select(r => (Math.Max(r.First, first), Math.Min(r.Last, last)))];

    internal sealed record Source(long Id, string Epoch);
}
