using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>The tables <c>vehicles</c>, <c>vehicle_status</c> and <c>downlink_era</c>.</summary>
public sealed class VehicleStore
{
    private const string Crewed = "crewed";
    private const string SensorOnly = "sensor-only";

    public IReadOnlyList<Vehicle> All(DbConnection connection) =>
        [.. connection.Query<Row>("SELECT id, jurisdiction, name, kind, created_ms AS CreatedMs FROM vehicles ORDER BY id").Select(FromRow)];

    public Vehicle? Find(WriteScope scope, string id) =>
        scope.QueryFirstOrDefault<Row>("SELECT id, jurisdiction, name, kind, created_ms AS CreatedMs FROM vehicles WHERE id=@id", new { id }) is { } row
            ? FromRow(row)
            : null;

    public void Add(WriteScope scope, Vehicle vehicle) =>
        scope.Execute("INSERT INTO vehicles (id, jurisdiction, name, kind, created_ms) VALUES (@Id, @Jurisdiction, @Name, @kind, @created)",
            new
            {
                vehicle.Id,
                vehicle.Jurisdiction,
                vehicle.Name,
                kind = vehicle.Kind == VehicleKind.SensorOnly ? SensorOnly : Crewed,
                created = vehicle.Created.ToUnixTimeMilliseconds(),
            });

    public IReadOnlyDictionary<string, VehicleState> Statuses(DbConnection connection) =>
        connection.Query<StatusRow>("SELECT vehicle, body, last_seen_ms AS LastSeenMs FROM vehicle_status")
            .ToDictionary(r => r.Vehicle, r => new VehicleState(
                Online: false,
                JsonSerializer.Deserialize(r.Body, WireJson.Default.VehicleStatus),
                DateTimeOffset.FromUnixTimeMilliseconds(r.LastSeenMs)));

    public string? Era(DbConnection connection) => connection.QueryFirstOrDefault<string>("SELECT era FROM downlink_era");

    public string BeginEra(WriteScope scope, string era)
    {
        scope.Execute("INSERT INTO downlink_era (era) VALUES (@era)", new { era });
        return era;
    }

    /// <summary>A hub that is restored from this copy begins an era: the versions that vehicles hold are the lost hub's.</summary>
    public static void LeaveEra(DbConnection copy, DateTimeOffset now) => copy.Execute("DELETE FROM downlink_era");

    public void KeepStatus(WriteScope scope, string vehicle, VehicleStatus status, DateTimeOffset seen) =>
        scope.Execute(
            """
            INSERT INTO vehicle_status (vehicle, body, last_seen_ms) VALUES (@vehicle, @body, @seen)
            ON CONFLICT (vehicle) DO UPDATE SET body=excluded.body, last_seen_ms=excluded.last_seen_ms
            """,
            new { vehicle, body = JsonSerializer.Serialize(status, WireJson.Default.VehicleStatus), seen = seen.ToUnixTimeMilliseconds() });

    private static Vehicle FromRow(Row row) => new(row.Id, row.Jurisdiction, row.Name,
        row.Kind == SensorOnly ? VehicleKind.SensorOnly : VehicleKind.Crewed, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedMs));

    private sealed record Row(string Id, string Jurisdiction, string Name, string Kind, long CreatedMs);

    private sealed record StatusRow(string Vehicle, string Body, long LastSeenMs);
}
