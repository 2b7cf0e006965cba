using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of work orders. Their history: <see cref="OrderEventStore"/>; lists: <see cref="OrderReading"/>.</summary>
public static class OrderStore
{
    internal const string Columns =
        """
        o.id AS Id, o.number AS Number, o.request AS Request, o.service AS Service, o.kind AS Kind, o.party AS Party, o.title AS Title,
        o.address AS Address, o.lat AS Lat, o.lon AS Lon, o.area AS Area, o.stops AS Stops, o.pole AS Pole, o.priority AS Priority,
        o.target_ms AS TargetMs, o.note AS Note, o.by_crew AS ByCrew, o.run_key AS RunKey, o.follows AS Follows, o.created_ms AS CreatedMs,
        o.updated_ms AS UpdatedMs, o.state AS State, o.crew AS Crew, o.vehicle AS Vehicle, o.reason AS Reason, o.seen AS Seen, o.far AS Far,
        o.visits AS Visits, o.points AS Points, o.resolution AS Resolution, o.until_ms AS UntilMs, o.emergency AS Emergency,
        o.acknowledged AS Acknowledged, o.done_ms AS DoneMs, o.delivery AS Delivery, o.version AS Version, o.changed_by AS ChangedBy
        """;

    /// <summary>Takes the next number of a year.</summary>
    public static string NextNumber(WriteScope scope, int year)
    {
        var n = scope.QueryFirstOrDefault<long>(
            "INSERT INTO order_numbers (year, last) VALUES (@year, 1) ON CONFLICT (year) DO UPDATE SET last=order_numbers.last+1 RETURNING last", new { year });
        return $"WO-{year % 100:00}-{n:000000}";
    }

    /// <summary>
    /// Leaves a stretch of numbers free in a copy. A hub that is restored from it does not know which ones were given after it
    /// was made, and must not give them again: a vehicle without signal may bring what it did on one of those.
    /// </summary>
    public static void LeaveNumbers(DbConnection copy, DateTimeOffset now)
    {
        const int stretch = 10_000;
        copy.Execute(
            "INSERT INTO order_numbers (year, last) VALUES (@year, 0), (@next, 0) ON CONFLICT DO NOTHING; UPDATE order_numbers SET last=last+@stretch",
            new { year = now.Year, next = now.Year + 1, stretch });
    }

    public static OrderRecord? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QueryFirstOrDefault<OrderRow>($"SELECT {Columns} FROM work_orders o WHERE o.id=@id", new { id }, transaction)?.ToRecord();

    public static OrderRecord? Find(WriteScope scope, string id) => Find(scope.Connection, scope.Transaction, id);

    public static List<OrderRecord> OfRequest(WriteScope scope, string request) =>
        [.. scope.Query<OrderRow>($"SELECT {Columns} FROM work_orders o WHERE o.request=@request ORDER BY o.number", new { request }).Select(r => r.ToRecord())];

    /// <summary>The order of what a crew fixed on the spot in one area and working day.</summary>
    public static string? OfRun(WriteScope scope, string runKey) =>
        scope.QueryFirstOrDefault<string>("SELECT id FROM work_orders WHERE run_key=@runKey", new { runKey });

    /// <summary>The order that makes another one's temporary repair permanent.</summary>
    public static OrderRecord? Following(WriteScope scope, string order) =>
        scope.QueryFirstOrDefault<OrderRow>($"SELECT {Columns} FROM work_orders o WHERE o.follows=@order ORDER BY o.number LIMIT 1", new { order })?.ToRecord();

    public static string? FollowingId(DbConnection connection, string order) =>
        connection.QueryFirstOrDefault<string>("SELECT id FROM work_orders WHERE follows=@order ORDER BY number LIMIT 1", new { order });

    /// <summary>Orders that should be on a crew's vehicle, emergencies first, then most urgent first.</summary>
    public static List<OrderRecord> OnBoard(DbConnection connection, DbTransaction? transaction, string crew) =>
        [.. connection.Query<OrderRow>(
                $"SELECT {Columns} FROM work_orders o WHERE o.crew=@crew AND o.state IN @states ORDER BY o.emergency DESC, o.priority, o.number",
                new { crew, states = OrderState.OnBoard }, transaction)
            .Select(r => r.ToRecord())];

    /// <summary>Orders that wait for a crew, most urgent first.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="services">Of these services.</param>
    /// <param name="most">Most rows.</param>
    public static List<OrderRecord> Waiting(WriteScope scope, string[] services, int most) =>
        [.. scope.Query<OrderRow>(
                $"""
                 SELECT {Columns} FROM work_orders o WHERE o.state IN @states AND o.crew IS NULL AND o.service IN @services
                 ORDER BY o.priority, o.number LIMIT @most
                 """, new { services, most, states = OrderState.WithoutCrew })
            .Select(r => r.ToRecord())];

    /// <summary>Open orders of each crew.</summary>
    public static Dictionary<string, long> Loads(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<(string Crew, long Orders)>(
                "SELECT crew, COUNT(*) FROM work_orders WHERE crew IS NOT NULL AND state IN @states GROUP BY crew", new { states = OrderState.OnBoard }, transaction)
            .ToDictionary(l => l.Crew, l => l.Orders);

    public static IReadOnlyList<OrderSummary> OpenSummaries(DbConnection connection) =>
        OrderReading.Page(connection, new OrderFilter { Limit = 100_000, OpenOnly = true });

    /// <summary>Newest first, before a number.</summary>
    public static IReadOnlyList<OrderSummary> Page(DbConnection connection, string? state, string? crew, string? before, int limit) =>
        OrderReading.Page(connection, new OrderFilter { State = state, Crew = crew, Before = before, Limit = limit });

    public static void Save(WriteScope scope, OrderRecord order) =>
        scope.Execute(
            """
            INSERT INTO work_orders (id, number, request, service, kind, party, title, address, lat, lon, area, stops, pole, priority, target_ms, note,
              by_crew, run_key, follows, created_ms, updated_ms, state, crew, vehicle, reason, seen, far, visits, points, resolution, until_ms, emergency,
              acknowledged, done_ms, version, changed_by)
            VALUES (@Id, @Number, @Request, @Service, @Kind, @Party, @Title, @Address, @Lat, @Lon, @Area, @Stops, @Pole, @Priority, @TargetMs, @Note,
              @ByCrew, @RunKey, @Follows, @CreatedMs, @UpdatedMs, @State, @Crew, @Vehicle, @Reason, @Seen, @Far, @Visits, @Points, @Resolution, @UntilMs,
              @Emergency, @Acknowledged, @DoneMs, 1, @ChangedBy)
            ON CONFLICT (id) DO UPDATE SET updated_ms=excluded.updated_ms, state=excluded.state, crew=excluded.crew,
              vehicle=excluded.vehicle, reason=excluded.reason, seen=excluded.seen, far=excluded.far, visits=excluded.visits,
              points=excluded.points, resolution=excluded.resolution, until_ms=excluded.until_ms, emergency=excluded.emergency,
              acknowledged=excluded.acknowledged, done_ms=excluded.done_ms, version=work_orders.version+1, changed_by=excluded.changed_by
            """,
            OrderRow.Of(order));
}
