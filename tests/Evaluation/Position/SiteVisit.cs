using ThreeOneOne.Field.Evaluation.Streets;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>A vehicle that drives to a place of work and stands there.</summary>
/// <param name="Steps">One each <see cref="Driver.StepSeconds"/>.</param>
/// <param name="StoppedAt">The step at which it had come to stand.</param>
internal sealed record SiteVisit(IReadOnlyList<DriveStep> Steps, int StoppedAt)
{
    private const int LongestSteps = 20 * 60 * 10;
    private const int FewestSteps = 60 * 10;
    private const double LightSeconds = 4;
    private const double LeastRedSeconds = 3;
    private const double MostRedSeconds = 75;

    /// <summary>Null when no way leads there.</summary>
    public static SiteVisit? Make(CityMap city, RoadSurface road, int standsSeconds, Random random)
    {
        var core = city.Graph.Edges.Where(city.Graph.InCore).ToList();
        var goal = core[random.Next(core.Count)];
        var place = goal.PlaceAt(goal.LengthM * random.NextDouble()).At;
        var near = core.Where(e => city.Graph.Nodes[e.From].DistanceTo(place) is > 400 and < 1_200).ToList();
        if (near.Count == 0) return null;
        var router = new Router(city.Graph);
        var driver = new Driver(router, near[random.Next(near.Count)], e => [.. router.Onward(e.To, e).Take(1)], new LegPlanner(city.Graph, road.Humps), random);
        if (!driver.DriveTo(place)) return null;
        List<DriveStep> steps = [];
        while (!driver.AtGoal && steps.Count < LongestSteps) steps.Add(Step(driver));
        if (!driver.AtGoal || steps.Count < FewestSteps) return null;
        var longer = WaitLonger(steps, random);
        var stopped = longer.Count;
        for (var i = 0; i < standsSeconds / Driver.StepSeconds; i++) longer.Add(longer[^1] with { SpeedMps = 0 });
        return new SiteVisit(longer, stopped);
    }

    /// <summary>The simulated city's lights are short: those who wait at one wait as long as a big city's lights are red.</summary>
    public static List<DriveStep> WaitLonger(IReadOnlyList<DriveStep> steps, Random random)
    {
        List<DriveStep> longer = new(steps.Count * 5 / 4);
        var stood = 0;
        foreach (var step in steps)
        {
            longer.Add(step);
            stood = step.SpeedMps == 0 ? stood + 1 : 0;
            if (stood != (int)(LightSeconds / Driver.StepSeconds)) continue;
            var more = (int)((LeastRedSeconds + (MostRedSeconds - LeastRedSeconds) * random.NextDouble() - LightSeconds) / Driver.StepSeconds);
            for (var i = 0; i < more; i++) longer.Add(step);
        }

        return longer;
    }

    private static DriveStep Step(Driver driver)
    {
        driver.Step();
        return new DriveStep(driver.Edge, driver.AlongM, driver.At, driver.Heading, driver.SpeedMps);
    }
}
