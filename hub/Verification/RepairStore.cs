using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>SQL of the table <c>repairs</c>.</summary>
public static class RepairStore
{
    private const string Columns =
        """
        source AS Source, request AS Request, kind AS Kind, repaired_ms AS RepairedMs, settled_ms AS SettledMs, until_ms AS UntilMs, state AS State,
        clear AS Clear, found AS Found, vehicles AS Vehicles, first_ms AS FirstMs, last_ms AS LastMs, decided_ms AS DecidedMs, next_ms AS NextMs
        """;

    public static Repair? Find(WriteScope scope, string source) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM repairs WHERE source=@source", new { source })?.ToRepair();

    /// <summary>The repairs of a request, the newest first.</summary>
    public static IReadOnlyList<Repair> OfRequest(DbConnection connection, string request) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM repairs WHERE request=@request ORDER BY repaired_ms DESC, source DESC", new { request }).Select(r => r.ToRepair())];

    /// <summary>Repairs that should be looked at, the longest due first.</summary>
    public static IReadOnlyList<string> Due(DbConnection connection, long nowMs, int most) =>
        connection.Query<string>("SELECT source FROM repairs WHERE next_ms <= @nowMs ORDER BY next_ms, source LIMIT @most", new { nowMs, most }).AsList();

    /// <summary>One page of a state, the newest repair first, behind the last of the page before.</summary>
    public static IReadOnlyList<Repair> Page(DbConnection connection, string state, int most, long beforeMs, string beforeSource) =>
        [.. connection.Query<Row>(
                $"SELECT {Columns} FROM repairs WHERE state=@state AND (repaired_ms, source) < (@beforeMs, @beforeSource) ORDER BY repaired_ms DESC, source DESC LIMIT @most",
                new { state, most, beforeMs, beforeSource })
            .Select(r => r.ToRepair())];

    public static IReadOnlyDictionary<string, int> Counts(DbConnection connection) =>
        connection.Query<(string State, long N)>("SELECT state, COUNT(*) FROM repairs GROUP BY state").ToDictionary(r => r.State, r => (int)r.N);

    public static void Save(WriteScope scope, Repair repair) =>
        scope.Execute(
            """
            INSERT INTO repairs (source, request, kind, repaired_ms, settled_ms, until_ms, state, clear, found, vehicles, first_ms, last_ms, decided_ms, next_ms)
            VALUES (@Source, @Request, @Kind, @RepairedMs, @SettledMs, @UntilMs, @State, @Clear, @Found, @Vehicles, @FirstMs, @LastMs, @DecidedMs, @NextMs)
            ON CONFLICT (source) DO UPDATE SET repaired_ms=excluded.repaired_ms, settled_ms=excluded.settled_ms, until_ms=excluded.until_ms,
              state=excluded.state, clear=excluded.clear, found=excluded.found, vehicles=excluded.vehicles, first_ms=excluded.first_ms,
              last_ms=excluded.last_ms, decided_ms=excluded.decided_ms, next_ms=excluded.next_ms
            """, repair);

    public static void Delete(WriteScope scope, string source) => scope.Execute("DELETE FROM repairs WHERE source=@source", new { source });

    private sealed class Row
    {
        public string Source { get; init; } = "";

        public string Request { get; init; } = "";

        public string Kind { get; init; } = "";

        public long RepairedMs { get; init; }

        public long SettledMs { get; init; }

        public long UntilMs { get; init; }

        public string State { get; init; } = "";

        public long Clear { get; init; }

        public long Found { get; init; }

        public long Vehicles { get; init; }

        public long? FirstMs { get; init; }

        public long? LastMs { get; init; }

        public long? DecidedMs { get; init; }

        public long? NextMs { get; init; }

        public Repair ToRepair() => new()
        {
            Source = Source, Request = Request, Kind = Kind, RepairedMs = RepairedMs, SettledMs = SettledMs, UntilMs = UntilMs, State = State,
            Clear = (int)Clear, Found = (int)Found, Vehicles = (int)Vehicles, FirstMs = FirstMs, LastMs = LastMs, DecidedMs = DecidedMs, NextMs = NextMs,
        };
    }
}
