using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// SQL of the version that each vehicle should hold. Versions follow the clock and never go back, so that a hub restored
/// from a backup still counts on from what its vehicles hold.
/// </summary>
public static class VehicleOrdersStore
{
    private const long NoticeMs = 24 * 3_600_000;
    private const int MostNotices = 20;

    /// <summary>Gives a vehicle's orders a new version, and says so.</summary>
    /// <remarks>The new version is above any that the vehicle reported.</remarks>
    public static void Bump(WriteScope scope, string vehicle, long atLeast = 0)
    {
        var crew = CrewStore.CrewOn(scope.Connection, scope.Transaction, vehicle);
        var version = scope.QueryFirstOrDefault<long>(
            """
            INSERT INTO vehicle_orders (vehicle, version, crew) VALUES (@vehicle, @first, @crew)
            ON CONFLICT (vehicle) DO UPDATE SET crew=excluded.crew,
              version=CASE WHEN vehicle_orders.version < excluded.version THEN excluded.version ELSE vehicle_orders.version + 1 END
            RETURNING version
            """,
            new { vehicle, first = Math.Max(scope.Now.ToUnixTimeMilliseconds(), atLeast + 1), crew });
        // An order that was there before keeps the version in which it came.
        scope.Execute(
            "UPDATE work_orders SET aboard_vehicle=NULL, aboard_version=NULL, delivery=NULL WHERE aboard_vehicle=@vehicle AND (crew IS DISTINCT FROM @crew OR state NOT IN @states)",
            new { vehicle, crew, states = OrderState.OnBoard });
        scope.Execute(
            "UPDATE work_orders SET aboard_vehicle=@vehicle, aboard_version=@version, delivery='sent' WHERE crew=@crew AND state IN @states AND aboard_vehicle IS DISTINCT FROM @vehicle",
            new { vehicle, version, crew, states = OrderState.OnBoard });
        scope.Raise(new VehicleOrdersChanged(vehicle));
    }

    /// <summary>The order went to somebody else: whatever vehicle holds it gets it anew.</summary>
    public static void TakeOff(WriteScope scope, string order) =>
        scope.Execute("UPDATE work_orders SET aboard_vehicle=NULL, aboard_version=NULL, delivery=NULL WHERE id=@order", new { order });

    /// <summary>Orders of a vehicle whose delivery differs from what the vehicle reports now: id, and how far they got.</summary>
    public static List<(string Order, string Delivery)> Undelivered(DbConnection connection, DbTransaction? transaction, string vehicle, long held, long seen) =>
        [.. connection.Query<(string, string)>(
            """
            SELECT id, now FROM (
              SELECT id, delivery, CASE WHEN @seen >= aboard_version THEN 'seen' WHEN @held >= aboard_version THEN 'on-vehicle' ELSE 'sent' END AS now
              FROM work_orders WHERE aboard_vehicle=@vehicle) AS aboard
            WHERE delivery IS DISTINCT FROM now ORDER BY id
            """, new { vehicle, held, seen }, transaction)];

    public static void SetDelivery(WriteScope scope, string order, string delivery) =>
        scope.Execute("UPDATE work_orders SET delivery=@delivery WHERE id=@order", new { order, delivery });

    /// <summary>Vehicles whose copy holds a crew's orders.</summary>
    public static List<string> OfCrew(WriteScope scope, string crew) =>
        [.. scope.Query<string>("SELECT vehicle FROM vehicle_orders WHERE crew=@crew ORDER BY vehicle", new { crew })];

    public static List<(string Vehicle, long Version)> All(DbConnection connection) =>
        connection.Query<(string, long)>("SELECT vehicle, version FROM vehicle_orders ORDER BY vehicle").AsList();

    public static long? Version(DbConnection connection, string vehicle) =>
        connection.QueryFirstOrDefault<long?>("SELECT version FROM vehicle_orders WHERE vehicle=@vehicle", new { vehicle });

    /// <summary>What a vehicle should hold; null when nothing was ever meant for it.</summary>
    public static OrdersState? State(DbConnection connection, string vehicle, string? era)
    {
        if (Version(connection, vehicle) is not { } version) return null;
        var crew = CrewStore.CrewOn(connection, null, vehicle);
        return new OrdersState
        {
            StateVersion = version,
            Era = era,
            Crew = crew,
            Orders = crew is null ? [] : [.. OrderStore.OnBoard(connection, null, crew).Select(o => o.ToCopy())],
            Notices = crew is null ? null : Notices(connection, crew, version) is { Length: > 0 } notices ? notices : null,
        };
    }

    /// <summary>What became of orders that the crew had within a day before the version: it may be on its way to one of them.</summary>
    private static OrderNotice[] Notices(DbConnection connection, string crew, long version)
    {
        var orders = OrderEventStore.OrdersOfCrew(connection, crew, version - NoticeMs);
        if (orders.Count == 0) return [];
        var names = CrewStore.Summaries(connection).ToDictionary(c => c.Id, c => c.Name);
        return [.. orders.Select(id => OrderStore.Find(connection, null, id)).OfType<OrderRecord>()
            .Where(o => o.Crew != crew && o.UpdatedAt.ToUnixTimeMilliseconds() >= version - NoticeMs)
            .OrderByDescending(o => o.UpdatedAt).ThenBy(o => o.Id, StringComparer.Ordinal).Take(MostNotices)
            .Select(o => new OrderNotice(o.Id, o.Number, Word(o), o.Crew is null ? null : names.GetValueOrDefault(o.Crew, o.Crew), o.UpdatedAt))];
    }

    private static string Word(OrderRecord order) => order.State switch
    {
        OrderState.Cancelled => "cancelled",
        OrderState.FieldComplete or OrderState.Reviewed or OrderState.TemporaryRepair => "done-by-other",
        _ => "reassigned",
    };
}
