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
    /// <summary>Gives a vehicle's orders a new version, and says so.</summary>
    /// <remarks>The new version is above any that the vehicle reported.</remarks>
    public static void Bump(WriteScope scope, string vehicle, long atLeast = 0)
    {
        scope.Execute(
            """
            INSERT INTO vehicle_orders (vehicle, version, crew) VALUES (@vehicle, max(@now, @atLeast + 1), @crew)
            ON CONFLICT (vehicle) DO UPDATE SET version=max(vehicle_orders.version + 1, excluded.version), crew=excluded.crew
            """,
            new { vehicle, atLeast, now = scope.Now.ToUnixTimeMilliseconds(), crew = CrewStore.CrewOn(scope.Connection, scope.Transaction, vehicle) });
        scope.Raise(new VehicleOrdersChanged(vehicle));
    }

    /// <summary>Vehicles whose copy holds a crew's orders.</summary>
    public static List<string> OfCrew(WriteScope scope, string crew) =>
        [.. scope.Query<string>("SELECT vehicle FROM vehicle_orders WHERE crew=@crew ORDER BY vehicle", new { crew })];

    public static List<(string Vehicle, long Version)> All(DbConnection connection) =>
        connection.Query<(string, long)>("SELECT vehicle, version FROM vehicle_orders ORDER BY vehicle").AsList();

    public static long? Version(DbConnection connection, string vehicle) =>
        connection.QueryFirstOrDefault<long?>("SELECT version FROM vehicle_orders WHERE vehicle=@vehicle", new { vehicle });

    /// <summary>What a vehicle should hold; null when nothing was ever meant for it.</summary>
    public static OrdersState? State(DbConnection connection, string vehicle)
    {
        if (Version(connection, vehicle) is not { } version) return null;
        var crew = CrewStore.CrewOn(connection, null, vehicle);
        return new OrdersState
        {
            StateVersion = version,
            Crew = crew,
            Orders = crew is null ? [] : [.. OrderStore.OnBoard(connection, null, crew).Select(o => o.ToCopy())],
        };
    }
}
