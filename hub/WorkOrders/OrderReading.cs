using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Crews;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of lists and figures of work orders.</summary>
public static class OrderReading
{
    /// <summary>One page, newest first.</summary>
    public static IReadOnlyList<OrderSummary> Page(DbConnection connection, OrderFilter filter)
    {
        var names = CrewStore.Summaries(connection).ToDictionary(c => c.Id, c => c.Name);
        var crews = filter.Party is null ? [] : CrewStore.OfContractor(connection, filter.Party);
        string[] where =
        [
            .. filter.State is null ? [] : new[] { "o.state=@State" },
            .. filter.Crew is null ? [] : new[] { "o.crew=@Crew" },
            .. filter.Service is null ? [] : new[] { "o.service=@Service" },
            .. filter.Kind is null ? [] : new[] { "o.kind=@Kind" },
            .. filter.Party is null ? [] : new[] { crews.Count == 0 ? "o.party=@Party" : "(o.party=@Party OR o.crew IN @crews)" },
            .. filter.Before is null ? [] : new[] { "o.number < @Before" },
            .. filter.OpenOnly ? new[] { "o.state NOT IN @ended" } : [],
        ];
        return [.. connection.Query<OrderRow>(
                $"SELECT {OrderStore.Columns} FROM work_orders o {(where.Length == 0 ? "" : "WHERE " + string.Join(" AND ", where))} ORDER BY o.number DESC LIMIT @Limit",
                new { filter.State, filter.Crew, filter.Service, filter.Kind, filter.Party, filter.Before, filter.Limit, crews, ended = OrderState.Ended })
            .Select(r => r.ToRecord().ToSummary(r.Crew is null ? null : names.GetValueOrDefault(r.Crew, r.Crew)))];
    }

    /// <summary>Orders that wait for a crew.</summary>
    public static long CountWaiting(DbConnection connection) =>
        connection.QuerySingle<long>("SELECT COUNT(*) FROM work_orders WHERE crew IS NULL AND state IN @states", new { states = OrderState.WithoutCrew });

    /// <summary>
    /// Orders by service since a time: how many were done, and of those with a target date how many in time. What crews found
    /// and fixed on the spot opens and closes in one action and is counted apart: it would make every target look met.
    /// </summary>
    public static IReadOnlyList<OrderFigures> Figures(DbConnection connection, DateTimeOffset from, DateTimeOffset to) =>
        connection.Query<OrderFigures>(
            """
            SELECT service AS Service,
              COUNT(*) FILTER (WHERE by_crew=0) AS Done,
              COUNT(*) FILTER (WHERE by_crew=0 AND target_ms IS NOT NULL) AS WithTarget,
              COUNT(*) FILTER (WHERE by_crew=0 AND target_ms IS NOT NULL AND done_ms<=target_ms) AS InTime,
              COUNT(*) FILTER (WHERE by_crew=1) AS FixedOnTheSpot,
              CAST(SUM(points) AS BIGINT) AS Points
            FROM work_orders WHERE done_ms IS NOT NULL AND done_ms>=@from AND done_ms<@to GROUP BY service ORDER BY service
            """, new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() }).AsList();
}
