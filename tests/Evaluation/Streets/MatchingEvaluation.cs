using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Streets;

/// <summary>
/// Which streets were driven, by the fixes alone: simulated drives on the real streets. A length is wrong when it was driven
/// and not matched, or matched and not driven.
/// </summary>
internal sealed class MatchingEvaluation(int drives = 20) : IEvaluation
{
    private const double SigmaM = 4;
    private const double DriveM = 20_000;

    public string Name => "matching";

    public string Purpose => "which streets were driven, at a fix each second and each ten";

    public void Run(EvaluationContext context, Report report)
    {
        var folder = Path.Combine(context.Root, "hub", "Cities", "cambridge-ma");
        var city = CityMap.Load(folder);
        var net = StreetNet.Load(Path.Combine(folder, "centerlines.geojson"));
        var lengths = city.Segments.GroupBy(s => s.Id).ToDictionary(g => g.Key, g => g.First().LengthM);
        var road = new RoadSurface(context.Seed);
        var made = Enumerable.Range(0, drives).Select(i => Drive.Make(city, road, DriveM, RoadSurface.HashCode(context.Seed, i, 71))).ToList();
        report.Condition($"{drives} drives of {DriveM / 1000:0} km on the streets of Cambridge");
        report.Condition($"white: σ = {SigmaM} m each way, a new error for each fix, and nothing but places is given");
        report.Condition("receiver: the simulated receiver's wandering error and delay, with its course, speed and HDOP");
        Measure("white_1s", "white, a fix each 1 s", 1, White, Goal.Least(0.999));
        Measure("white_10s", "white, a fix each 10 s", 10, White, Goal.Least(0.99));
        Measure("receiver_1s", "receiver, a fix each 1 s", 1, Receiver, null);
        Measure("receiver_10s", "receiver, a fix each 10 s", 10, Receiver, null);

        void Measure(string key, string what, int seconds, Func<IEnumerable<DriveStep>, CityPlane, int, Random, IEnumerable<MatchInput>> sense, Goal? goal)
        {
            double driven = 0, wrong = 0, wrongNearest = 0;
            for (var i = 0; i < made.Count; i++)
            {
                var random = new Random(RoadSurface.HashCode(context.Seed, i, 72 + seconds));
                var fixes = sense(made[i].Steps.Where((_, k) => k % (10 * seconds) == 0), city.Plane, seconds, random).ToList();
                var truth = DrivenPath.Of(made[i]);
                driven += truth.LengthM;
                wrong += truth.WrongM(DrivenPath.Of(net, Match(net, fixes, seconds)));
                wrongNearest += truth.WrongM(Nearest(net, fixes, lengths));
            }

            report.Add(new Figure($"right_length.{key}", $"length right, {what}", 1 - wrong / driven, [("nearest_edge", 1 - wrongNearest / driven)], goal));
        }
    }

    private static List<MatchedFix> Match(StreetNet net, List<MatchInput> fixes, int seconds)
    {
        var matcher = new StreetMatcher(net, new MatchOptions());
        List<MatchedFix> done = [];
        for (var k = 0; k < fixes.Count; k++)
        {
            var fix = fixes[k];
            matcher.Take(DateTimeOffset.UnixEpoch.AddSeconds((double)k * seconds), fix.At, fix.SpeedMps, fix.CourseDeg, fix.Hdop, done);
        }

        matcher.Finish(done);
        return done;
    }

    // The baseline: each fix by itself goes to the street that is nearest.
    private static DrivenPath Nearest(StreetNet net, List<MatchInput> fixes, Dictionary<string, double> lengths)
    {
        List<(string Segment, double LengthM)> path = [];
        foreach (var segment in fixes.Select(f => net.Nearest(f.At)?.Segment).OfType<string>())
        {
            if (path.Count == 0 || path[^1].Segment != segment) path.Add((segment, lengths[segment]));
        }

        return new DrivenPath(path);
    }

    private static IEnumerable<MatchInput> White(IEnumerable<DriveStep> steps, CityPlane plane, int seconds, Random random) =>
        steps.Select(s => new MatchInput(
            plane.ToGeo(new Place(s.At.X + SigmaM * Gaussian.Next(random), s.At.Y + SigmaM * Gaussian.Next(random))), float.NaN, float.NaN, 1));

    private static IEnumerable<MatchInput> Receiver(IEnumerable<DriveStep> steps, CityPlane plane, int seconds, Random random)
    {
        var receiver = new GpsReceiver(random);
        foreach (var step in steps)
        {
            var (at, hdop, _) = receiver.Measure(step.At, step.Heading, step.SpeedMps, seconds);
            yield return new MatchInput(plane.ToGeo(at), (float)step.SpeedMps, (float)GpsReceiver.CourseDeg(step.Heading), (float)hdop);
        }
    }

    private readonly record struct MatchInput(GeoPoint At, float SpeedMps, float CourseDeg, float Hdop);
}
