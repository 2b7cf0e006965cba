using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Streets;

/// <summary>A drive through the simulated city: where the vehicle truly was, every tenth of a second.</summary>
/// <param name="Steps">One each <see cref="Driver.StepSeconds"/>.</param>
internal sealed record Drive(IReadOnlyList<DriveStep> Steps)
{
    /// <summary>Drives from one place drawn by chance to the next, for as many metres.</summary>
    public static Drive Make(CityMap city, RoadSurface road, double metres, int seed)
    {
        var random = new Random(seed);
        var router = new Router(city.Graph);
        var core = city.Graph.Edges.Where(city.Graph.InCore).ToList();
        var nodes = city.Graph.Core.Order().ToList();
        var start = core[random.Next(core.Count)];
        var driver = new Driver(router, start, After, new LegPlanner(city.Graph, road.Humps), random);
        List<DriveStep> steps = [];
        for (var driven = 0.0; driven < metres;)
        {
            driver.Step();
            driven += driver.SpeedMps * Driver.StepSeconds;
            steps.Add(new DriveStep(driver.Edge, driver.AlongM, driver.At, driver.Heading, driver.SpeedMps));
        }

        return new Drive(steps);

        IReadOnlyList<StreetEdge> After(StreetEdge edge)
        {
            while (true)
            {
                if (router.Route(edge.To, nodes[random.Next(nodes.Count)], edge) is { Count: > 0 } way) return way;
            }
        }
    }

    /// <summary>The edges driven, in order.</summary>
    public IEnumerable<StreetEdge> Edges()
    {
        StreetEdge? last = null;
        foreach (var step in Steps)
        {
            if (ReferenceEquals(step.Edge, last)) continue;
            yield return last = step.Edge;
        }
    }
}
