using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Sensed;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Evaluation.Tests;

public sealed class SensedDriveTests
{
    private static readonly DateTimeOffset Night = new(2025, 11, 2, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_drive_by_night_is_sensed_alike_each_time()
    {
        var (first, again) = (Drive(), Drive());
        Assert.Equal(Night + TimeSpan.FromMinutes(5), first.Path[^1].Time, TimeSpan.FromSeconds(0.3));
        Assert.Contains(first.Observations, o => o.Roughness is not null);
        Assert.Contains(first.Observations, o => o.Lamp is not null);
        Assert.Equal(first.Path.Select(p => (p.Time, p.Edge.Index, p.AlongM, p.At)), again.Path.Select(p => (p.Time, p.Edge.Index, p.AlongM, p.At)));
        Assert.Equal(first.Observations.Select(o => (o.Stamp.FixTime, o.Shock?.At, o.Lamp?.Pole)), again.Observations.Select(o => (o.Stamp.FixTime, o.Shock?.At, o.Lamp?.Pole)));
    }

    private static SensedDrive Drive()
    {
        var folder = Path.Combine(Repository.Root, "hub", "Cities", "cambridge-ma");
        var map = CityMap.Load(folder);
        var world = new World(map, 1);
        var patrol = Patrol.Around(world.Router, map.Plane.ToPlace(new(42.3736, -71.1097)), 900, 6, new Random(1));
        var city = SensingCity.Load(new CityOptions { PolesFile = Path.Combine(folder, "street-lights.geojson"), StreetsFile = Path.Combine(folder, "centerlines.geojson") });
        return SensedDrive.Make(world, world.Drive(patrol, 0, 1), new SensingVehicle("truck-1", VehicleKind.Crewed, city, new SensingOptions()), Night, TimeSpan.FromMinutes(5), 1);
    }
}
