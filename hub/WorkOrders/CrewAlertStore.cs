using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of alerts.</summary>
public static class CrewAlertStore
{
    private const string Columns =
        """
        a.id AS Id, a.kind AS Kind, a.at_ms AS AtMs, a.received_ms AS ReceivedMs, a.crew AS Crew, a.vehicle AS Vehicle, a.member AS Member, a.order_id AS OrderId,
        a.lat AS Lat, a.lon AS Lon, a.note AS Note, a.taken_back_ms AS TakenBackMs, a.acknowledged_ms AS AcknowledgedMs, a.acknowledged_by AS AcknowledgedBy
        """;

    /// <summary>A crew calls for help; the same press sent again is the same call.</summary>
    public static void Raise(WriteScope scope, OrderEvent e, DateTimeOffset received)
    {
        var id = e.Name;
        var isNew = scope.Execute(
            """
            INSERT INTO crew_alerts (id, kind, at_ms, received_ms, crew, vehicle, member, order_id, lat, lon, note)
            VALUES (@id, 'duress', @AtMs, @received, @Crew, @Vehicle, @Member, @Order, @Lat, @Lon, @Note) ON CONFLICT (id) DO NOTHING
            """,
            new { id, e.AtMs, received = received.ToUnixTimeMilliseconds(), e.Crew, e.Vehicle, e.Member, e.Order, Lat = e.At?.Latitude, Lon = e.At?.Longitude, e.Note }) == 1;
        if (!isNew) return;
        // Late or early, its undo may have come first.
        if (e.Action is not null && OrderEventStore.UndoneAt(scope, e.Action) is { } undone) TakeBack(scope, e.Action, undone);
        scope.Raise(new CrewAlertChanged(Find(scope, id)!));
    }

    /// <summary>Notes that the crew took it back. It goes on standing: nobody knows who pressed.</summary>
    public static void TakeBack(WriteScope scope, string id, long atMs)
    {
        if (scope.Execute("UPDATE crew_alerts SET taken_back_ms=@atMs WHERE id=@id AND taken_back_ms IS NULL", new { id, atMs }) == 1)
            scope.Raise(new CrewAlertChanged(Find(scope, id)!));
    }

    /// <returns>False when somebody had acknowledged it before.</returns>
    public static bool Acknowledge(WriteScope scope, string id, string who)
    {
        var changed = scope.Execute(
            "UPDATE crew_alerts SET acknowledged_ms=@now, acknowledged_by=@who WHERE id=@id AND acknowledged_ms IS NULL",
            new { id, who, now = scope.Now.ToUnixTimeMilliseconds() }) == 1;
        if (changed) scope.Raise(new CrewAlertChanged(Find(scope, id)!));
        return changed;
    }

    public static CrewAlert? Find(WriteScope scope, string id) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM crew_alerts a WHERE a.id=@id", new { id })?.ToAlert(c => CrewStore.FindSummary(scope, c)?.Name);

    /// <summary>All that stands, the oldest first: calls for help before emergencies that nobody has read.</summary>
    /// <param name="connection">For reading.</param>
    /// <param name="unreadSince">Emergencies given before this that nobody acknowledged.</param>
    public static IReadOnlyList<CrewAlert> Standing(DbConnection connection, DateTimeOffset unreadSince)
    {
        var names = CrewStore.Summaries(connection).ToDictionary(c => c.Id, c => c.Name);
        var unread = connection.Query<OrderRow>(
                $"""
                 SELECT {OrderStore.Columns} FROM work_orders o
                 WHERE o.emergency=1 AND o.acknowledged=0 AND o.crew IS NOT NULL AND o.state IN @states AND o.updated_ms<=@since ORDER BY o.updated_ms, o.number
                 """, new { states = OrderState.OnBoard, since = unreadSince.ToUnixTimeMilliseconds() })
            .Select(r => r.ToRecord())
            .Select(o => new CrewAlert(
                o.Id, CrewAlert.Unacknowledged, o.UpdatedAt, o.Crew, names.GetValueOrDefault(o.Crew!), null, null, o.Id, o.At.Latitude, o.At.Longitude, o.Title, null, null, null));
        return [.. Calls(connection), .. unread];
    }

    /// <summary>Calls for help that nobody has taken on, the oldest first.</summary>
    public static IReadOnlyList<CrewAlert> Calls(DbConnection connection)
    {
        var names = CrewStore.Summaries(connection).ToDictionary(c => c.Id, c => c.Name);
        return [.. connection.Query<Row>($"SELECT {Columns} FROM crew_alerts a WHERE a.acknowledged_ms IS NULL ORDER BY a.received_ms, a.id")
            .Select(r => r.ToAlert(c => names.GetValueOrDefault(c)))];
    }

    /// <summary>One page of calls, newest first, before a time of arrival.</summary>
    public static IReadOnlyList<CrewAlert> Page(DbConnection connection, long beforeMs, int limit)
    {
        var names = CrewStore.Summaries(connection).ToDictionary(c => c.Id, c => c.Name);
        return [.. connection.Query<Row>($"SELECT {Columns} FROM crew_alerts a WHERE a.received_ms<@beforeMs ORDER BY a.received_ms DESC, a.id DESC LIMIT @limit", new { beforeMs, limit })
            .Select(r => r.ToAlert(c => names.GetValueOrDefault(c)))];
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public long AtMs { get; init; }
        public long ReceivedMs { get; init; }
        public string? Crew { get; init; }
        public string Vehicle { get; init; } = "";
        public string? Member { get; init; }
        public string? OrderId { get; init; }
        public double? Lat { get; init; }
        public double? Lon { get; init; }
        public string? Note { get; init; }
        public long? TakenBackMs { get; init; }
        public long? AcknowledgedMs { get; init; }
        public string? AcknowledgedBy { get; init; }

        public CrewAlert ToAlert(Func<string, string?> name) => new(
            Id, Kind, Time(AtMs)!.Value, Crew, Crew is null ? null : name(Crew), Vehicle, Member, OrderId, Lat, Lon, Note, Time(TakenBackMs), Time(AcknowledgedMs), AcknowledgedBy);

        private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
