using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>SQL of dangers.</summary>
public static class HazardStore
{
    // More than a city has at once; beyond it those that end last are looked at.
    private const int MostStanding = 1_000;

    private const string Columns =
        """
        h.id AS Id, h.kind AS Kind, h.lat AS Lat, h.lon AS Lon, h.at_ms AS AtMs, h.until_ms AS UntilMs, h.received_ms AS ReceivedMs, h.crew AS Crew, h.vehicle AS Vehicle,
        h.who AS Who, h.ended_ms AS EndedMs, h.ended_by AS EndedBy
        """;

    /// <returns>False for one that is known: sent again.</returns>
    public static bool Add(WriteScope scope, HazardReport report) =>
        scope.Execute(
            """
            INSERT INTO hazards (id, kind, lat, lon, at_ms, until_ms, received_ms, crew, vehicle, who, ended_ms, ended_by)
            VALUES (@Id, @Kind, @Lat, @Lon, @AtMs, @UntilMs, @ReceivedMs, @Crew, @Vehicle, @Who, @EndedMs, @EndedBy) ON CONFLICT (id) DO NOTHING
            """,
            new
            {
                report.Id, report.Kind, Lat = report.At.Latitude, Lon = report.At.Longitude, report.AtMs, report.UntilMs, report.ReceivedMs, report.Crew, report.Vehicle,
                report.Who, report.EndedMs, report.EndedBy,
            }) == 1;

    /// <param name="scope">The transaction.</param>
    /// <param name="id">Of the report.</param>
    /// <param name="by">Who of the office; null: the crew took it back.</param>
    /// <param name="atMs">When.</param>
    /// <returns>False when it is unknown or ended before.</returns>
    public static bool End(WriteScope scope, string id, string? by, long atMs) =>
        scope.Execute("UPDATE hazards SET ended_ms=@atMs, ended_by=@by WHERE id=@id AND ended_ms IS NULL", new { id, by, atMs }) == 1;

    public static HazardReport? Find(WriteScope scope, string id) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM hazards h WHERE h.id=@id", new { id })?.ToReport();

    /// <summary>Every report that counts now.</summary>
    public static IReadOnlyList<HazardReport> Standing(DbConnection connection, DbTransaction? transaction, DateTimeOffset now) =>
        [.. connection.Query<Row>(
                $"SELECT {Columns} FROM hazards h WHERE h.ended_ms IS NULL AND h.until_ms>@now ORDER BY h.until_ms DESC LIMIT @most",
                new { now = now.ToUnixTimeMilliseconds(), most = MostStanding }, transaction)
            .Select(r => r.ToReport())];

    /// <summary>One page of all that were ever reported, as they came, newest first.</summary>
    public static IReadOnlyList<HazardReport> Page(DbConnection connection, long beforeMs, int limit) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM hazards h WHERE h.received_ms<@beforeMs ORDER BY h.received_ms DESC, h.id DESC LIMIT @limit", new { beforeMs, limit })
            .Select(r => r.ToReport())];

    /// <summary>What vehicles are meant to hold; null while there never was any danger.</summary>
    public static (long Version, string Content)? Held(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<(long, string)>("SELECT version, content FROM hazard_state WHERE id=1", transaction: transaction)
            .Select(row => ((long, string)?)row).FirstOrDefault();

    /// <summary>Keeps new content under a higher version; Unix milliseconds, so that no vehicle ever holds a later one.</summary>
    public static void Save(WriteScope scope, string content) =>
        scope.Execute(
            """
            INSERT INTO hazard_state (id, version, content) VALUES (1, @now, @content)
            ON CONFLICT (id) DO UPDATE SET version=CASE WHEN excluded.version>hazard_state.version THEN excluded.version ELSE hazard_state.version+1 END, content=excluded.content
            """, new { now = scope.Now.ToUnixTimeMilliseconds(), content });

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public double Lat { get; init; }
        public double Lon { get; init; }
        public long AtMs { get; init; }
        public long UntilMs { get; init; }
        public long ReceivedMs { get; init; }
        public string? Crew { get; init; }
        public string? Vehicle { get; init; }
        public string? Who { get; init; }
        public long? EndedMs { get; init; }
        public string? EndedBy { get; init; }

        public HazardReport ToReport() => new()
        {
            Id = Id, Kind = Kind, At = new GeoPoint(Lat, Lon), AtMs = AtMs, UntilMs = UntilMs, ReceivedMs = ReceivedMs, Crew = Crew, Vehicle = Vehicle, Who = Who,
            EndedMs = EndedMs, EndedBy = EndedBy,
        };
    }
}
