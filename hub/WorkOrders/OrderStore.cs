using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of work orders. Their history: <see cref="OrderEventStore"/>.</summary>
public static class OrderStore
{
    private const string Columns =
        """
        o.id AS Id, o.number AS Number, o.request AS Request, o.service AS Service, o.title AS Title, o.address AS Address,
        o.lat AS Lat, o.lon AS Lon, o.pole AS Pole, o.priority AS Priority, o.target_ms AS TargetMs, o.note AS Note,
        o.by_crew AS ByCrew, o.created_ms AS CreatedMs, o.updated_ms AS UpdatedMs, o.state AS State, o.crew AS Crew,
        o.vehicle AS Vehicle, o.reason AS Reason, o.seen AS Seen, o.far AS Far, o.visits AS Visits, o.done_ms AS DoneMs, o.delivery AS Delivery
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

    /// <summary>Orders that should be on a crew's vehicle, most urgent first.</summary>
    public static List<OrderRecord> OnBoard(DbConnection connection, DbTransaction? transaction, string crew) =>
        [.. connection.Query<OrderRow>(
                $"SELECT {Columns} FROM work_orders o WHERE o.crew=@crew AND o.state IN @states ORDER BY o.priority, o.number",
                new { crew, states = OrderState.OnBoard }, transaction)
            .Select(r => r.ToRecord())];

    /// <summary>Orders that wait for a crew, most urgent first.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="services">Of these services; null: of all.</param>
    /// <param name="most">Most rows.</param>
    public static List<OrderRecord> Waiting(WriteScope scope, string[]? services, int most) =>
        [.. scope.Query<OrderRow>(
                $"""
                 SELECT {Columns} FROM work_orders o WHERE o.state='unassigned' {(services is null ? "" : "AND o.service IN @services")}
                 ORDER BY o.priority, o.number LIMIT @most
                 """, new { services, most })
            .Select(r => r.ToRecord())];

    /// <summary>Open orders of each crew.</summary>
    public static Dictionary<string, long> Loads(WriteScope scope) =>
        scope.Query<(string Crew, long Orders)>(
                "SELECT crew, COUNT(*) FROM work_orders WHERE crew IS NOT NULL AND state IN @states GROUP BY crew", new { states = OrderState.OnBoard })
            .ToDictionary(l => l.Crew, l => l.Orders);

    public static IReadOnlyList<OrderSummary> OpenSummaries(DbConnection connection) => Page(connection, null, null, null, 100_000, openOnly: true);

    /// <summary>Newest first, before a number.</summary>
    public static IReadOnlyList<OrderSummary> Page(DbConnection connection, string? state, string? crew, string? before, int limit, bool openOnly = false)
    {
        var names = CrewStore.Summaries(connection).ToDictionary(c => c.Id, c => c.Name);
        return [.. connection.Query<OrderRow>(
                $"""
                 SELECT {Columns} FROM work_orders o
                 WHERE (@state IS NULL OR o.state=@state) AND (@crew IS NULL OR o.crew=@crew) AND (@before IS NULL OR o.number < @before)
                   AND (@openOnly=0 OR o.state NOT IN ('field-complete', 'cancelled'))
                 ORDER BY o.number DESC LIMIT @limit
                 """, new { state, crew, before, limit, openOnly })
            .Select(r => r.ToRecord().ToSummary(r.Crew is null ? null : names.GetValueOrDefault(r.Crew, r.Crew)))];
    }

    public static void Save(WriteScope scope, OrderRecord order) =>
        scope.Execute(
            """
            INSERT INTO work_orders (id, number, request, service, title, address, lat, lon, pole, priority, target_ms, note, by_crew,
              created_ms, updated_ms, state, crew, vehicle, reason, seen, far, visits, done_ms)
            VALUES (@Id, @Number, @Request, @Service, @Title, @Address, @Lat, @Lon, @Pole, @Priority, @TargetMs, @Note, @ByCrew,
              @CreatedMs, @UpdatedMs, @State, @Crew, @Vehicle, @Reason, @Seen, @Far, @Visits, @DoneMs)
            ON CONFLICT (id) DO UPDATE SET updated_ms=excluded.updated_ms, state=excluded.state, crew=excluded.crew,
              vehicle=excluded.vehicle, reason=excluded.reason, seen=excluded.seen, far=excluded.far, visits=excluded.visits,
              done_ms=excluded.done_ms
            """,
            OrderRow.Of(order));
}
