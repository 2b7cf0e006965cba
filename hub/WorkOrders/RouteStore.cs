using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of inspection routes.</summary>
public static class RouteStore
{
    private const string Columns =
        """
        r.id AS Id, r.name AS Name, r.service AS Service, r.crew AS Crew, r.stops AS Stops, r.every_days AS EveryDays, r.at_minute AS AtMinute,
        r.next_day AS NextDay, r.active AS Active
        """;

    public static void Save(WriteScope scope, InspectionRoute route, TimeZoneInfo zone) =>
        scope.Execute(
            """
            INSERT INTO inspection_routes (id, name, service, crew, stops, every_days, at_minute, next_day, next_ms, active)
            VALUES (@Id, @Name, @Service, @Crew, @Stops, @EveryDays, @AtMinute, @NextDay, @NextMs, @Active)
            ON CONFLICT (id) DO UPDATE SET name=excluded.name, service=excluded.service, crew=excluded.crew, stops=excluded.stops,
              every_days=excluded.every_days, at_minute=excluded.at_minute, next_day=excluded.next_day, next_ms=excluded.next_ms, active=excluded.active
            """,
            new
            {
                route.Id, route.Name, route.Service, route.Crew, Stops = JsonSerializer.Serialize(route.Stops, HubJson.Options), EveryDays = (long)route.EveryDays,
                AtMinute = (long)route.AtMinute, NextDay = route.NextDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                NextMs = route.NextAt(zone).ToUnixTimeMilliseconds(), Active = route.Active ? 1L : 0L,
            });

    public static InspectionRoute? Find(WriteScope scope, string id) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM inspection_routes r WHERE r.id=@id", new { id })?.ToRoute();

    public static IReadOnlyList<InspectionRoute> All(DbConnection connection) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM inspection_routes r ORDER BY r.id").Select(r => r.ToRoute())];

    /// <summary>Routes whose order is due, the oldest first.</summary>
    public static IReadOnlyList<InspectionRoute> Due(WriteScope scope, int most) =>
        [.. scope.Query<Row>(
                $"SELECT {Columns} FROM inspection_routes r WHERE r.active=1 AND r.next_ms<=@now ORDER BY r.next_ms, r.id LIMIT @most",
                new { now = scope.Now.ToUnixTimeMilliseconds(), most })
            .Select(r => r.ToRoute())];

    private sealed record Row(string Id, string Name, string Service, string? Crew, string Stops, long EveryDays, long AtMinute, string NextDay, long Active)
    {
        public InspectionRoute ToRoute() => new(
            Id, Name, Service, Crew, JsonSerializer.Deserialize<OrderStop[]>(Stops, HubJson.Options)!, (int)EveryDays, (int)AtMinute,
            DateOnly.ParseExact(NextDay, "yyyy-MM-dd", CultureInfo.InvariantCulture), Active != 0);
    }
}
