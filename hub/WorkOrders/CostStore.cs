using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of what orders cost.</summary>
public static class CostStore
{
    private const string Columns =
        "c.at_ms AS AtMs, c.crew AS Crew, c.code AS Code, c.kind AS Kind, c.quantity AS Quantity, c.unit AS Unit, c.cents AS Cents, c.source AS Source";

    public static void Replace(WriteScope scope, string order, IReadOnlyList<CostLine> lines)
    {
        scope.Execute("DELETE FROM order_costs WHERE order_id=@order", new { order });
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            scope.Execute(
                """
                INSERT INTO order_costs (order_id, n, at_ms, crew, code, kind, quantity, unit, cents, source)
                VALUES (@order, @n, @AtMs, @Crew, @Code, @Kind, @Quantity, @Unit, @Cents, @Source)
                """,
                new { order, n = (long)i, line.AtMs, line.Crew, line.Code, line.Kind, line.Quantity, line.Unit, line.Cents, line.Source });
        }
    }

    public static IReadOnlyList<CostLine> Of(DbConnection connection, string order) =>
        connection.Query<CostLine>($"SELECT {Columns} FROM order_costs c WHERE c.order_id=@order ORDER BY c.n", new { order }).AsList();

    /// <summary>Sums of a time, dearest first.</summary>
    /// <param name="connection">For reading.</param>
    /// <param name="by">order, request, service, crew or kind.</param>
    /// <param name="from">Work time from.</param>
    /// <param name="to">Work time before.</param>
    /// <param name="services">Only of these services; empty: of all.</param>
    /// <param name="most">Most rows.</param>
    public static IReadOnlyList<CostSum> Sums(DbConnection connection, string by, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<string> services, int most)
    {
        var key = by switch
        {
            "request" => "COALESCE(o.request, '')", "service" => "o.service", "crew" => "COALESCE(c.crew, '')", "kind" => "c.kind", _ => "o.number",
        };
        return connection.Query<CostSum>(
            $"""
             SELECT {key} AS Subject, COUNT(DISTINCT c.order_id) AS Orders, CAST(SUM(c.cents) AS BIGINT) AS Cents,
               CAST(SUM(CASE WHEN c.kind='labour' THEN c.quantity ELSE 0.0 END) AS DOUBLE PRECISION) AS LabourHours
             FROM order_costs c JOIN work_orders o ON o.id=c.order_id
             WHERE c.at_ms>=@from AND c.at_ms<@to {(services.Count == 0 ? "" : "AND o.service IN @services")}
             GROUP BY {key} ORDER BY Cents DESC, Subject LIMIT @most
             """,
            new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), services, most }).AsList();
    }
}
