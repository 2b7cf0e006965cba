using System.Data.Common;
using Dapper;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of where requests gather.</summary>
internal static class HotSpotReading
{
    public static IReadOnlyList<HotSpotCount> Count(DbConnection connection, bool bySegment, string? service, DateTimeOffset from, DateTimeOffset to, int limit)
    {
        var place = bySegment ? "r.segment" : "r.district";
        return connection.Query<HotSpotCount>(
            $"""
             SELECT {place} AS Id, COUNT(*) AS Requests, CAST(SUM(CASE WHEN r.status='open' THEN 1 ELSE 0 END) AS BIGINT) AS Open,
                    CAST(SUM(r.reports) AS BIGINT) AS Reports
             FROM requests r
             WHERE {place} IS NOT NULL AND r.parent IS NULL AND r.accepted=1 AND r.status<>'withdrawn' AND r.opened_ms>=@from AND r.opened_ms<@to
               {(service is null ? "" : "AND r.service=@service")}
             GROUP BY {place} ORDER BY COUNT(*) DESC, {place} LIMIT @limit
             """, new { service, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), limit }).AsList();
    }
}
