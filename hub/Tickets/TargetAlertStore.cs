using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of the alerts.</summary>
internal static class TargetAlertStore
{
    private const string Columns =
        """
        a.id AS Id, a.request AS Request, r.title AS Title, r.address AS Address, r.department AS Department, r.priority AS Priority, a.kind AS Kind,
        a.percent AS Percent, a.notify AS Notify, a.at_ms AS AtMs, a.target_ms AS TargetMs, a.acknowledged_ms AS AcknowledgedMs,
        a.acknowledged_by AS AcknowledgedBy, a.cleared_ms AS ClearedMs
        """;

    /// <summary>Numbers of the requests whose next step is due, the longest overdue first.</summary>
    public static List<string> Due(DbConnection connection, DateTimeOffset now, int most) =>
        connection.Query<string>(
            "SELECT number FROM requests WHERE alert_ms<=@now ORDER BY alert_ms, number LIMIT @most", new { now = now.ToUnixTimeMilliseconds(), most }).AsList();

    public static void Add(WriteScope scope, TargetAlert alert) =>
        scope.Execute(
            """
            INSERT INTO request_alerts (id, request, kind, percent, notify, at_ms, target_ms) VALUES (@Id, @Request, @Kind, @Percent, @Notify, @AtMs, @TargetMs)
            ON CONFLICT DO NOTHING
            """,
            new { alert.Id, alert.Request, alert.Kind, alert.Percent, alert.Notify, AtMs = alert.At.ToUnixTimeMilliseconds(), TargetMs = alert.TargetAt?.ToUnixTimeMilliseconds() });

    /// <summary>The request no longer needs anybody's eye.</summary>
    public static void Clear(WriteScope scope, string request) =>
        scope.Execute(
            "UPDATE request_alerts SET cleared_ms=@now WHERE request=@request AND cleared_ms IS NULL AND acknowledged_ms IS NULL",
            new { request, now = scope.Now.ToUnixTimeMilliseconds() });

    public static bool Acknowledge(WriteScope scope, string id, string who) =>
        scope.Execute(
            "UPDATE request_alerts SET acknowledged_ms=@now, acknowledged_by=@who WHERE id=@id AND acknowledged_ms IS NULL",
            new { id, who, now = scope.Now.ToUnixTimeMilliseconds() }) > 0;

    public static TargetAlert? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM request_alerts a JOIN requests r ON r.number=a.request WHERE a.id=@id", new { id }, transaction)?.ToAlert();

    /// <summary>One page, newest first.</summary>
    /// <param name="connection">A snapshot.</param>
    /// <param name="openOnly">Only those that nobody acknowledged and that still matter.</param>
    /// <param name="notify">Role; null: all.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="after">Where the page before ended.</param>
    public static List<TargetAlert> Page(DbConnection connection, bool openOnly, string? notify, int limit, RequestCursor? after) =>
        [.. connection.Query<Row>(
                $"""
                 SELECT {Columns} FROM request_alerts a JOIN requests r ON r.number=a.request
                 WHERE {(openOnly ? "a.acknowledged_ms IS NULL AND a.cleared_ms IS NULL" : "1=1")}
                   {(notify is null ? "" : "AND a.notify=@notify")}
                   {(after is null ? "" : "AND (a.at_ms, a.id) < (@AtMs, @AfterId)")}
                 ORDER BY a.at_ms DESC, a.id DESC LIMIT @limit
                 """, new { notify, limit, AtMs = after?.OpenedMs ?? 0, AfterId = after?.Number ?? "" })
            .Select(r => r.ToAlert())];

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Request { get; init; } = "";
        public string Title { get; init; } = "";
        public string? Address { get; init; }
        public string Department { get; init; } = "";
        public long Priority { get; init; }
        public string Kind { get; init; } = "";
        public long Percent { get; init; }
        public string Notify { get; init; } = "";
        public long AtMs { get; init; }
        public long? TargetMs { get; init; }
        public long? AcknowledgedMs { get; init; }
        public string? AcknowledgedBy { get; init; }
        public long? ClearedMs { get; init; }

        public TargetAlert ToAlert() => new()
        {
            Id = Id, Request = Request, Title = Title, Address = Address, Department = Department, Priority = (int)Priority, Kind = Kind, Percent = (int)Percent,
            Notify = Notify, At = DateTimeOffset.FromUnixTimeMilliseconds(AtMs), TargetAt = Time(TargetMs), AcknowledgedAt = Time(AcknowledgedMs),
            AcknowledgedBy = AcknowledgedBy, ClearedAt = Time(ClearedMs),
        };

        private static DateTimeOffset? Time(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
    }
}
