using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Profiles;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Profiles;

public sealed class ReleaseStoreTests
{
    private static readonly string[] Fleet = ["unit-1", "unit-2"];

    [Fact]
    public async Task Of_many_roll_outs_those_stay_that_a_vehicle_has_or_may_go_back_to()
    {
        await using var hub = await RealHub.StartAsync();
        var database = hub.Services.GetRequiredService<Database>();
        await AddAsync(database, 1, Fleet, RollOutState.Done);
        for (var version = 2; version <= 9; version++) await AddAsync(database, version, ["unit-1"], RollOutState.Done);
        // Nobody ever had it: what counts without it is older.
        await AddAsync(database, 10, ["unit-1"], RollOutState.Stopped);
        await AddAsync(database, 11, ["unit-1"], RollOutState.Running);

        var rows = await database.ReadAsync(c => c.Query<string>("SELECT vehicle || ' ' || version FROM profile_settings ORDER BY vehicle, version").ToArray(), default);
        Assert.Equal(["unit-1 9", "unit-1 11", "unit-2 1"], rows);
        Assert.Equal(new Dictionary<string, long> { ["unit-1"] = 11, ["unit-2"] = 1 }, await MeantAsync(database, long.MaxValue));
        Assert.Equal(new Dictionary<string, long> { ["unit-1"] = 9, ["unit-2"] = 1 }, await MeantAsync(database, 11));
    }

    private static Task<Dictionary<string, long>> MeantAsync(Database database, long before) =>
        database.ReadAsync(c => ReleaseStore.Meant(c, null, before).ToDictionary(m => m.Key, m => m.Value.Version), default);

    private static Task AddAsync(Database database, long version, string[] vehicles, RollOutState state) => database.WriteAsync(
        scope =>
        {
            var begun = RollOut.Begin(version, vehicles, [100], [], scope.Now);
            ReleaseStore.Add(
                scope, new Release(begun, ReleaseKind.RollOut, "era", "tests", scope.Now),
                vehicles.ToDictionary(v => v, _ => new VehicleSettings(new JsonObject { ["at"] = version }, new Dictionary<string, string>())));
            ReleaseStore.Save(scope, begun, begun with { State = state });
        },
        WritePriority.Interactive, default);
}
