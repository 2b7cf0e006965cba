using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of events of the city.</summary>
public static class CityEventStore
{
    private const string Columns =
        """
        v.id AS Id, v.kind AS Kind, v.name AS Name, v.suspends AS Suspends, v.services AS Services, v.reimbursement AS Reimbursement, v.from_ms AS FromMs, v.to_ms AS ToMs,
        v.begun_by AS BegunBy, v.ended_by AS EndedBy
        """;

    public static void Save(WriteScope scope, CityEvent e) =>
        scope.Execute(
            """
            INSERT INTO city_events (id, kind, name, suspends, services, reimbursement, from_ms, to_ms, begun_by, ended_by)
            VALUES (@Id, @Kind, @Name, @Suspends, @Services, @Reimbursement, @FromMs, @ToMs, @BegunBy, @EndedBy)
            ON CONFLICT (id) DO UPDATE SET to_ms=excluded.to_ms, ended_by=excluded.ended_by
            """,
            new
            {
                e.Id, e.Kind, e.Name, Suspends = JsonSerializer.Serialize(e.Suspends), Services = JsonSerializer.Serialize(e.Services), e.Reimbursement,
                FromMs = e.From.ToUnixTimeMilliseconds(), ToMs = e.To?.ToUnixTimeMilliseconds(), e.BegunBy, e.EndedBy,
            });

    public static CityEvent? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM city_events v WHERE v.id=@id", new { id }, transaction)?.ToEvent();

    /// <summary>Those that last.</summary>
    public static IReadOnlyList<CityEvent> Lasting(DbConnection connection, DbTransaction? transaction) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM city_events v WHERE v.to_ms IS NULL ORDER BY v.from_ms, v.id", transaction: transaction).Select(r => r.ToEvent())];

    /// <summary>Newest first, those that began before a time.</summary>
    public static IReadOnlyList<CityEvent> Page(DbConnection connection, long beforeMs, int limit) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM city_events v WHERE v.from_ms<@beforeMs ORDER BY v.from_ms DESC, v.id DESC LIMIT @limit", new { beforeMs, limit })
            .Select(r => r.ToEvent())];

    /// <summary>Those in whose time some of a service's work lies.</summary>
    public static IReadOnlyList<CityEvent> Covering(DbConnection connection, string service, IReadOnlyList<long> workMs) =>
        workMs.Count == 0 ? [] : [.. connection.Query<Row>(
                $"SELECT {Columns} FROM city_events v WHERE v.from_ms<=@last AND (v.to_ms IS NULL OR v.to_ms>@first) ORDER BY v.from_ms, v.id",
                new { first = workMs.Min(), last = workMs.Max() })
            .Select(r => r.ToEvent())
            .Where(e => (e.Services.Count == 0 || e.Services.Contains(service))
                && workMs.Any(ms => ms >= e.From.ToUnixTimeMilliseconds() && (e.To is null || ms < e.To.Value.ToUnixTimeMilliseconds())))];

    private sealed record Row(
        string Id, string Kind, string Name, string Suspends, string Services, string? Reimbursement, long FromMs, long? ToMs, string BegunBy, string? EndedBy)
    {
        public CityEvent ToEvent() => new(
            Id, Kind, Name, JsonSerializer.Deserialize<string[]>(Suspends)!, JsonSerializer.Deserialize<string[]>(Services)!, Reimbursement,
            DateTimeOffset.FromUnixTimeMilliseconds(FromMs), ToMs is { } to ? DateTimeOffset.FromUnixTimeMilliseconds(to) : null, BegunBy, EndedBy);
    }
}
