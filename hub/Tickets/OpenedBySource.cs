using System.Data.Common;
using Dapper;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of who reports where: every report counts, what was withdrawn or not accepted does not.</summary>
public static class OpenedBySource
{
    /// <param name="connection">A snapshot.</param>
    /// <param name="service">Code; null for all.</param>
    /// <param name="from">First opening time.</param>
    /// <param name="to">Behind the last one.</param>
    public static IReadOnlyList<OpenedCount> Count(DbConnection connection, string? service, DateTimeOffset from, DateTimeOffset to) =>
        connection.Query<(string? District, string Source, long Requests)>(
                $"""
                 SELECT district, source, COUNT(*) FROM requests
                 WHERE accepted=1 AND status<>'withdrawn' AND opened_ms>=@from AND opened_ms<@to {(service is null ? "" : "AND service=@service")}
                 GROUP BY district, source ORDER BY district, source
                 """, new { service, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() })
            .Select(r => new OpenedCount(r.District ?? "", r.Source, r.Requests)).ToList();
}
