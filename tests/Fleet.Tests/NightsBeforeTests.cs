using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class NightsBeforeTests
{
    private static readonly DateTimeOffset First = new(2026, 3, 4, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Vehicles_without_a_crew_saw_the_lights_burn_that_go_out_later()
    {
        var world = new World(Cities.Cambridge.Value, 311);
        var fleet = FleetPlan.Make(12, 311);
        var patrols = Districts.Patrols(world.City, world.Router, FleetPlan.Patrols(12), 311);
        var plants = Plants.Plant(world.City, world.Road, world.Lighting, [.. patrols.Select(p => p.Loop)], new PlantingOptions { Seed = 311, LampsOutFrom = First }.For(patrols.Count));

        var seen = await NightsBefore.SeenAsync(world, fleet, patrols, City(), First);

        Assert.All(seen.Keys, v => Assert.False(fleet.Single(f => f.Id == v).Crewed));
        var lamps = seen.Values.SelectMany(all => all).Where(o => o.Lamp is not null).ToList();
        Assert.All(lamps, o => Assert.True(o.Stamp.FixTime < First));
        Assert.Equal(3, lamps.Select(o => o.Stamp.FixTime!.Value.AddHours(-12).Date).Distinct().Count());
        var burning = lamps.Where(o => o.Lamp!.Verdict == LampVerdict.Lit).Select(o => o.Lamp!.Pole).ToHashSet();
        Assert.True(plants.Lamps.Count(l => burning.Contains(l.Pole.Id)) >= 0.7 * plants.Lamps.Count, "most of what goes out was seen to burn");
    }

    [Fact]
    public async Task A_fleet_of_crews_alone_saw_nothing()
    {
        var world = new World(Cities.Cambridge.Value, 311);
        var patrols = Districts.Patrols(world.City, world.Router, 1, 311);
        Assert.Empty(await NightsBefore.SeenAsync(world, FleetPlan.Make(5, 311), patrols, City(), First));
    }

    private static SensingCity City() => SensingCity.Load(new CityOptions
    {
        PolesFile = Path.Combine(Cities.Folder(), "street-lights.geojson"), StreetsFile = Path.Combine(Cities.Folder(), "centerlines.geojson"),
    });
}
