using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>The one simulated city that all vehicles drive in.</summary>
public sealed class World
{
    public World(CityMap city, int seed)
    {
        City = city;
        Seed = seed;
        Router = new Router(city.Graph);
        Road = new RoadSurface(seed);
        Lighting = new StreetLighting(city, seed);
    }

    public CityMap City { get; }

    public int Seed { get; }

    public Router Router { get; }

    public RoadSurface Road { get; }

    public StreetLighting Lighting { get; }

    /// <summary>A driver on a patrol, begun at a share of its loop.</summary>
    public Driver Drive(Patrol patrol, double startShare, int seed) => new(
        Router, patrol.Loop[(int)(startShare * patrol.Loop.Count) % patrol.Loop.Count], patrol.After,
        new LegPlanner(City.Graph, Road.Humps), new Random(RoadSurface.HashCode(seed, 0, 54)));
}
