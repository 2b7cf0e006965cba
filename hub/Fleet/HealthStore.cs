using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>SQL of the tables <c>vehicle_health</c> and <c>vehicle_health_history</c>.</summary>
public static class HealthStore
{
    /// <summary>Keeps a record; one that comes late does not become the newest.</summary>
    public static void Keep(WriteScope scope, string vehicle, Stamp stamp, VehicleHealth health, DateTimeOffset received)
    {
        var row = new
        {
            vehicle, at = stamp.DeviceTime.ToUnixTimeMilliseconds(), received = received.ToUnixTimeMilliseconds(), clock = stamp.Clock.ToString(),
            body = JsonSerializer.Serialize(health, WireJson.Default.VehicleHealth),
        };
        scope.Execute(
            """
            INSERT INTO vehicle_health (vehicle, at_ms, received_ms, clock, body) VALUES (@vehicle, @at, @received, @clock, @body)
            ON CONFLICT (vehicle) DO UPDATE SET at_ms=excluded.at_ms, received_ms=excluded.received_ms, clock=excluded.clock, body=excluded.body
            WHERE excluded.at_ms>=vehicle_health.at_ms
            """, row);
        scope.Execute("INSERT INTO vehicle_health_history (vehicle, at_ms, body) VALUES (@vehicle, @at, @body) ON CONFLICT DO NOTHING", row);
    }

    /// <summary>The newest of each vehicle.</summary>
    public static Dictionary<string, KeptHealth> Newest(DbConnection connection) =>
        connection.Query<Row>("SELECT vehicle AS Vehicle, at_ms AS AtMs, received_ms AS ReceivedMs, clock AS Clock, body AS Body FROM vehicle_health")
            .ToDictionary(r => r.Vehicle, r => new KeptHealth(Time(r.AtMs), Time(r.ReceivedMs), r.Clock, Read(r.Body)), StringComparer.Ordinal);

    /// <summary>A vehicle's newest records, newest first.</summary>
    public static IReadOnlyList<(DateTimeOffset At, VehicleHealth Health)> Of(DbConnection connection, string vehicle, int most) =>
        [.. connection.Query<(long AtMs, string Body)>(
            "SELECT at_ms, body FROM vehicle_health_history WHERE vehicle=@vehicle ORDER BY at_ms DESC LIMIT @most", new { vehicle, most }).Select(r => (Time(r.AtMs), Read(r.Body)))];

    /// <summary>Removes the past before this moment, so many rows of it.</summary>
    /// <returns>How many went.</returns>
    public static int Drop(WriteScope scope, DateTimeOffset before, int most) => scope.Execute(
        """
        DELETE FROM vehicle_health_history WHERE (vehicle, at_ms) IN
          (SELECT vehicle, at_ms FROM vehicle_health_history WHERE at_ms<@before ORDER BY at_ms LIMIT @most)
        """, new { before = before.ToUnixTimeMilliseconds(), most });

    private static VehicleHealth Read(string body) => JsonSerializer.Deserialize(body, WireJson.Default.VehicleHealth) ?? new VehicleHealth();

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private sealed record Row(string Vehicle, long AtMs, long ReceivedMs, string Clock, string Body);
}
