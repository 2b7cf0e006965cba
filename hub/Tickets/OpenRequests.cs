using System.Data.Common;
using Dapper;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Every open request, for whoever keeps them in memory.</summary>
public static class OpenRequests
{
    /// <summary>One after the other, as the database gives them: read them before the connection goes back.</summary>
    public static IEnumerable<OpenRequest> Read(DbConnection connection) =>
        connection.Query<OpenRequest>(
            """
            SELECT number AS Number, service AS Service, lat AS Lat, lon AS Lon, priority AS Priority, stage AS Stage, target_ms AS TargetMs
            FROM requests WHERE status='open'
            """, buffered: false);

    /// <param name="Number">Number of the request.</param>
    /// <param name="Service">Service code.</param>
    /// <param name="Lat">Degrees north.</param>
    /// <param name="Lon">Degrees east.</param>
    /// <param name="Priority">1 is most urgent.</param>
    /// <param name="Stage">Stage of its life.</param>
    /// <param name="TargetMs">Target date, Unix milliseconds.</param>
    public sealed record OpenRequest(string Number, string Service, double Lat, double Lon, long Priority, string Stage, long? TargetMs);
}
