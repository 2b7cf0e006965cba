using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Evaluation.Streets;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>
/// When a vehicle is said to have arrived, and how often one is that only drove past: simulated drives on the real streets, with red
/// lights, past places of work that are not quite where they should be.
/// </summary>
internal sealed class ArrivalEvaluation(int visits = 400, int drives = 60) : IEvaluation
{
    private const double DriveM = 15_000;
    private const double SiteEveryM = 200;
    private const double KerbM = 6;
    private const double GeocodeM = 5;
    private const double NearM = 150;
    private const int StandsSeconds = 300;
    private const double LightM = 25;

    // Where the ignition is wired: how many turn it off where they work, when after they came to stand, and when that counts.
    private const double OffShare = 0.75;
    private const double OffFromSeconds = 2;
    private const double OffWithinSeconds = 10;
    private const double SettleSeconds = 2;
    private const double SoonSeconds = 10;

    public string Name => "arrival";

    public string Purpose => "when a vehicle is said to have arrived, and how often falsely";

    public void Run(EvaluationContext context, Report report)
    {
        var folder = Path.Combine(context.Root, "hub", "Cities", "cambridge-ma");
        var city = CityMap.Load(folder);
        var net = StreetNet.Load(Path.Combine(folder, "centerlines.geojson"));
        var road = new RoadSurface(context.Seed);
        var options = new WorkOrdersOptions();
        report.Condition($"{visits} visits and {drives} drives of {DriveM / 1000:0} km on the streets of Cambridge; a red light is waited at for 3 to 75 s, a stop sign for 1 to 4 s");
        report.Condition($"places of work are at the kerb, σ {GeocodeM} m each way off; receivers as in geotag, a tenth of the streets between tall buildings");
        Visits(context.Seed, city, net, road, options, report);
        Drivebys(context.Seed, city, net, road, options, report);
    }

    private void Visits(int seed, CityMap city, StreetNet net, RoadSurface road, WorkOrdersOptions options, Report report)
    {
        List<double> delays = [], wired = [], before = [], circle = [], stampErrors = [], circleErrors = [];
        var (made, missed, junction) = (0, 0, 0);
        for (var i = 0; i < visits; i++)
        {
            var random = new Random(RoadSurface.HashCode(seed, i, 86));
            if (SiteVisit.Make(city, road, StandsSeconds, random) is not { } visit) continue;
            made++;
            var site = Site(city, visit.Steps[visit.StoppedAt], random);
            var fixes = DrivenFixes.Of(visit.Steps, city.Plane, random);
            var stopped = visit.StoppedAt * Driver.StepSeconds;
            var off = random.NextDouble() < OffShare ? stopped + OffFromSeconds + OffWithinSeconds * random.NextDouble() + SettleSeconds : double.MaxValue;
            var circled = CircleRule(fixes, site, options);
            circle.Add(circled is { } c ? c.ReadAt - stopped : StandsSeconds);
            circleErrors.Add(circled is { } ce ? Math.Abs(ce.SinceSeconds - stopped) : StandsSeconds);
            wired.Add(Ours(fixes, site, options, net, off) is { } known ? known.ReadAt - stopped : StandsSeconds);
            if (Ours(fixes, site, options, net) is not { } arrived)
            {
                missed++;
                continue;
            }

            delays.Add(arrived.ReadAt - stopped);
            stampErrors.Add(Math.Abs(arrived.SinceSeconds - stopped));
            var last = fixes.LastOrDefault(f => f.Fix.CourseDeg is not null && f.Fix.SpeedMps >= 2 && f.ReadAt <= stopped + 2).Fix;
            if (last is not null && net.IsAtLight(fixes[^1].Fix.At, last.CourseDeg!.Value, options.JunctionM)) junction++;
            else before.Add(arrived.ReadAt - stopped);
        }

        report.Condition($"visits: {made} made, {junction} of them end at a junction of a main street ({options.JunctionM} m before to 10 m after), where a vehicle may be waiting");
        report.Condition($"ignition wired: {OffShare:0.00} of the visitors turn it off {OffFromSeconds} to {OffFromSeconds + OffWithinSeconds} s after they came to stand, which counts {SettleSeconds} s later; nobody does at a light");
        report.Add(new Figure("arrived_error_s.p95", "time of arrival as recorded, error p95 (s)", GeotagEvaluation.Percentile(stampErrors, 0.95), [("circle", GeotagEvaluation.Percentile(circleErrors, 0.95))], Goal.Most(10)));
        report.Add(new Figure("noticed_s.p50", "noticed after it stood, p50 (s)", GeotagEvaluation.Percentile(delays, 0.5), [("circle", GeotagEvaluation.Percentile(circle, 0.5))], null));
        report.Add(new Figure("noticed_s.p95", "noticed after it stood, p95 (s)", GeotagEvaluation.Percentile(delays, 0.95), [("circle", GeotagEvaluation.Percentile(circle, 0.95))], Goal.Most(10)));
        report.Add(new Figure("noticed_soon", $"noticed within {SoonSeconds} s, share of visits", Soon(delays), [("circle", Soon(circle))], null));
        report.Add(new Figure("noticed_wired_s.p95", "ignition wired: noticed after it stood, p95 (s)", GeotagEvaluation.Percentile(wired, 0.95), [], Goal.Most(10)));
        report.Add(new Figure("noticed_wired_soon", $"ignition wired: noticed within {SoonSeconds} s, share of visits", Soon(wired), [], null));
        report.Add(new Figure("noticed_off_junction_s.p95", "the same, visits away from junctions, p95 (s)", GeotagEvaluation.Percentile(before, 0.95), [], Goal.Most(10)));
        report.Add(new Figure("missed", "visits never noticed", (double)missed / made, [], null));

        double Soon(List<double> seconds) => (double)seconds.Count(d => d <= SoonSeconds) / made;
    }

    private void Drivebys(int seed, CityMap city, StreetNet net, RoadSurface road, WorkOrdersOptions options, Report report)
    {
        var (passes, ours, stand, circle, lights, oursLights, circleLights) = (0, 0, 0, 0, 0, 0, 0);
        for (var i = 0; i < drives; i++)
        {
            var random = new Random(RoadSurface.HashCode(seed, i, 87));
            var steps = SiteVisit.WaitLonger(Drive.Make(city, road, DriveM, RoadSurface.HashCode(seed, i, 88)).Steps, random);
            var fixes = DrivenFixes.Of(steps, city.Plane, random);
            var waited = Enumerable.Range(1, steps.Count - 1).Where(k => steps[k].SpeedMps == 0 && steps[k - 1].SpeedMps > 0 && k + 40 < steps.Count && steps[k + 40].SpeedMps == 0).Select(k => steps[k].At).ToList();
            var (driven, next) = (0.0, NearM);
            for (var k = 0; k < steps.Count; k++)
            {
                driven += steps[k].SpeedMps * Driver.StepSeconds;
                if (driven < next || driven > DriveM - NearM) continue;
                next += SiteEveryM * (0.5 + random.NextDouble());
                var at = Site(city, steps[k], random);
                var here = Passing(fixes, at, k * Driver.StepSeconds);
                var atLight = waited.Exists(w => w.DistanceTo(steps[k].At) < LightM);
                passes++;
                lights += atLight ? 1 : 0;
                var (isOurs, isCircle) = (Ours(here, at, options, net) is not null, CircleRule(here, at, options) is not null);
                ours += isOurs ? 1 : 0;
                circle += isCircle ? 1 : 0;
                stand += Ours(here, at, options, null) is not null ? 1 : 0;
                oursLights += isOurs && atLight ? 1 : 0;
                circleLights += isCircle && atLight ? 1 : 0;
            }
        }

        report.Condition($"drive-bys: {passes}, of them {lights} with a wait of 4 s or more within {LightM} m of the place");
        report.Add(new Figure("false_share", "false arrivals, share of drive-bys", (double)ours / passes, [("circle", (double)circle / passes), ("standing", (double)stand / passes)], Goal.Most(0.001)));
        report.Add(new Figure("false_share.beside_wait", "false arrivals, share of drive-bys that waited beside the place", (double)oursLights / Math.Max(1, lights), [("circle", (double)circleLights / Math.Max(1, lights))], null));
    }

    private static GeoPoint Site(CityMap city, DriveStep step, Random random) => city.Plane.ToGeo(new Place(
        step.At.X + KerbM * Math.Sin(step.Heading) + GeocodeM * Gaussian.Next(random),
        step.At.Y - KerbM * Math.Cos(step.Heading) + GeocodeM * Gaussian.Next(random)));

    // The fixes from when it came near until it was gone.
    private static List<DrivenFix> Passing(List<DrivenFix> fixes, GeoPoint site, double seconds)
    {
        var middle = fixes.FindIndex(f => f.Seconds >= seconds);
        if (middle < 0) return [];
        var (first, last) = (middle, middle);
        while (first > 0 && fixes[first].Fix.At.DistanceMTo(site) < NearM) first--;
        while (last + 1 < fixes.Count && fixes[last].Fix.At.DistanceMTo(site) < NearM) last++;
        return fixes[first..(last + 1)];
    }

    private static (double ReadAt, double SinceSeconds)? Ours(
        List<DrivenFix> fixes, GeoPoint site, WorkOrdersOptions options, StreetNet? net, double offSeconds = double.MaxValue)
    {
        var rule = new VisitRule(options, net);
        Visit? visit = null;
        foreach (var (seconds, readAt, fix) in fixes)
        {
            rule.Take(fix);
            visit = rule.Follow(visit, site, fix);
            if (visit is not null && rule.Arrived(visit, fix, readAt >= offSeconds ? false : null) is { } since) return (readAt, seconds - (fix.FixTime - since.FixTime).TotalSeconds);
        }

        return null;
    }

    // The simple way: 10 s inside 40 m, until it was beyond 80 m.
    private static (double ReadAt, double SinceSeconds)? CircleRule(List<DrivenFix> fixes, GeoPoint site, WorkOrdersOptions options)
    {
        double? since = null;
        foreach (var (seconds, readAt, fix) in fixes)
        {
            var distance = site.DistanceMTo(fix.At);
            if (distance > options.LeaveM) since = null;
            else if (distance <= options.ArriveM) since ??= seconds;
            if (seconds - since >= 10) return (readAt, since!.Value);
        }

        return null;
    }
}
