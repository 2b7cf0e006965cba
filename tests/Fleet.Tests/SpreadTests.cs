using System.Globalization;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class SpreadTests
{
    private const int Seed = 311;

    // A run of 60 s at the default speed.
    private const int Steps = 60 * 20 * 10;

    [Theory]
    [InlineData(24, 4, 1_200)]
    [InlineData(100, 18, 300)]
    [InlineData(200, 36, 200)]
    public void A_fleet_is_spread_over_the_city(int vehicles, int districts, double apartM)
    {
        var world = new World(Cities.Cambridge.Value, Seed);
        var patrols = Districts.Patrols(world.City, world.Router, FleetPlan.Patrols(vehicles), Seed);
        Assert.True(patrols.Count >= districts);
        var middles = patrols.Select(Middle).ToList();
        var nearest = middles.Average(a => middles.Where(b => b != a).Min(b => a.DistanceTo(b)));
        Assert.True(nearest >= apartM, $"districts are {nearest:0} m apart");
    }

    [Fact]
    public void Every_district_is_driven_by_two_by_day_and_two_by_night()
    {
        for (var vehicles = FleetPlan.Fewest; vehicles <= 200; vehicles++)
        {
            var fleet = FleetPlan.Make(vehicles, Seed);
            Assert.Equal(vehicles, fleet.Count);
            Assert.Equal(vehicles, fleet.DistinctBy(f => f.Id).Count());
            Assert.Equal(FleetPlan.Fewest, fleet.Count(f => f.IsProcess));
            var least = vehicles == FleetPlan.Fewest ? 1 : 2;
            foreach (var night in (bool[])[true, false])
            {
                var drive = fleet.Where(f => f.InSimulation && f.Night == night).CountBy(f => f.Patrol).ToDictionary();
                Assert.All(Enumerable.Range(0, FleetPlan.Patrols(vehicles)), p =>
                    Assert.True(drive.GetValueOrDefault(p) >= (night ? least : 2), $"{vehicles} vehicles: {drive.GetValueOrDefault(p)} in patrol {p}, night {night}"));
            }
        }
    }

    [Fact]
    public void Every_planted_fault_is_passed_three_times_by_two_vehicles_in_a_minute()
    {
        var world = new World(Cities.Cambridge.Value, Seed);
        var fleet = FleetPlan.Make(24, Seed);
        var patrols = Districts.Patrols(world.City, world.Router, FleetPlan.Patrols(24), Seed);
        var plants = Plants.Plant(world.City, world.Road, world.Lighting, [.. patrols.Select(p => p.Loop)],
            new PlantingOptions { Seed = Seed, RepairLoops = FleetPlan.Busiest(fleet) }.For(patrols.Count));
        Assert.Equal(24, plants.Lamps.Count);
        Assert.Equal(20, plants.Potholes.Count);
        Assert.Equal(4, plants.Potholes.Count(p => p.ByOthers));
        var holes = plants.Potholes.ToDictionary(p => p, _ => new List<string>());
        var after = plants.Potholes.ToDictionary(p => p, _ => new List<string>());
        var lamps = plants.Lamps.ToDictionary(l => l, _ => new List<string>());
        foreach (var plan in fleet.Where(f => f.InSimulation))
        {
            var driver = world.Drive(patrols[plan.Patrol], plan.StartShare, plan.Seed);
            HashSet<DeadLamp> beside = [];
            for (var i = 0; i < Steps; i++)
            {
                var (edge, from) = (driver.Edge, driver.AlongM);
                driver.Step();
                foreach (var hole in plants.Potholes.Where(h => ReferenceEquals(h.Edge, edge) && from < h.Piece.AlongM && (driver.AlongM >= h.Piece.AlongM || !ReferenceEquals(driver.Edge, edge))))
                {
                    holes[hole].Add(plan.Id);
                    if (!plan.Night) after[hole].Add(plan.Id);
                }

                if (!plan.Night || i % 5 != 0) continue;
                foreach (var lamp in plants.Lamps)
                {
                    if (lamp.Pole.At.DistanceTo(driver.At) > 18) beside.Remove(lamp);
                    else if (lamp.Pole.At.DistanceTo(driver.At) < 15 && beside.Add(lamp)) lamps[lamp].Add(plan.Id);
                }
            }
        }

        Assert.All(holes.Values.Concat(lamps.Values), passes => Assert.True(passes.Count >= 3 && passes.Distinct().Count() >= 2, Told(passes)));
        // Whoever comes by day drives over what somebody else has filled.
        Assert.All(after.Where(a => a.Key.ByOthers), a => Assert.True(a.Value.Count >= 6 && a.Value.Distinct().Count() >= 3, Told(a.Value)));
    }

    private static string Told(List<string> passes) =>
        string.Create(CultureInfo.InvariantCulture, $"{passes.Count} passes by {string.Join(", ", passes.Distinct())}");

    private static Place Middle(Patrol patrol) => new(
        patrol.Loop.Average(e => e.PlaceAt(0).At.X), patrol.Loop.Average(e => e.PlaceAt(0).At.Y));
}
