using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>The one simulated city that all vehicles drive in.</summary>
public sealed class World
{
    // One street of ten lies between tall buildings, and under one main street of sixty another one is crossed.
    private const int CanyonEvery = 10;
    private const int TunnelEvery = 60;
    private const double TunnelM = 40;
    private const double LeastTunnelStreetM = 80;

    /// <param name="city">The map.</param>
    /// <param name="seed">Of all that is not on it.</param>
    /// <param name="difficulty">How hard its roads and vehicles are.</param>
    /// <param name="light">How hard its lights are to judge; null: plain.</param>
    public World(CityMap city, int seed, Difficulty difficulty = Difficulty.Demo, LightConditions? light = null)
    {
        Difficulty = difficulty;
        City = city;
        Seed = seed;
        Router = new Router(city.Graph);
        Road = new RoadSurface(seed, difficulty);
        Lighting = new StreetLighting(city, seed, light);
    }

    public CityMap City { get; }

    public int Seed { get; }

    public Difficulty Difficulty { get; }

    public Router Router { get; }

    public RoadSurface Road { get; }

    public StreetLighting Lighting { get; }

    /// <summary>A vehicle's body and sensor, the same on each of its drives.</summary>
    public (VehicleBody Body, SensorMount Mount) Equip(string vehicle)
    {
        if (Difficulty == Difficulty.Demo) return (VehicleBody.Standard, SensorMount.Standard);
        var draw = new ParameterDraw(Own(vehicle, 55), ParameterSet.Scoring);
        return (VehicleBody.Any(draw), SensorMount.Any(draw));
    }

    /// <summary>How a vehicle's receiver errs, the same on each of its drives.</summary>
    public ReceiverTraits Receiver(string vehicle) => Difficulty == Difficulty.Demo ? ReceiverTraits.Usual : ReceiverTraits.Draw(Own(vehicle, 57));

    /// <summary>What a receiver sees of the sky on a lane.</summary>
    public SkyAbove SkyOver(StreetEdge edge, double alongM)
    {
        if (Difficulty == Difficulty.Demo) return SkyAbove.Open;
        var street = RoadSurface.HashCode(Seed, edge.Segment.Index, 58);
        if (street % CanyonEvery == 0) return SkyAbove.Canyon;
        var under = edge.Segment.Major && street % TunnelEvery == 1 && edge.LengthM > LeastTunnelStreetM;
        return under && Math.Abs(alongM - edge.LengthM / 2) < TunnelM / 2 ? SkyAbove.Tunnel : SkyAbove.Open;
    }

    /// <summary>A driver on a patrol, begun at a share of its loop.</summary>
    public Driver Drive(Patrol patrol, double startShare, int seed) => new(
        Router, patrol.Loop[(int)(startShare * patrol.Loop.Count) % patrol.Loop.Count], patrol.After,
        new LegPlanner(City.Graph, Road.Humps), new Random(RoadSurface.HashCode(seed, 0, 54)));

    private Random Own(string vehicle, int purpose) =>
        new(RoadSurface.HashCode(Seed, vehicle.Aggregate(17, (hash, c) => RoadSurface.HashCode(hash, c, 55)), purpose));
}
