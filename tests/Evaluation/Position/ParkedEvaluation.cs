using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>How far vehicles seem to drive that stand, and whether those that creep are still seen to.</summary>
internal sealed class ParkedEvaluation(int vehicles = 40, double hours = 8) : IEvaluation
{
    private const int ArrivingSeconds = 60;
    private const int CreepingSeconds = 900;
    private const double StandingMps = 0.3;

    private static readonly DateTimeOffset Begins = new(2026, 11, 20, 20, 0, 0, TimeSpan.Zero);
    private static readonly CityPlane Plane = new(new GeoPoint(42.37, -71.11));

    public string Name => "parked";

    public string Purpose => "how far vehicles seem to drive that stand";

    public void Run(EvaluationContext context, Report report)
    {
        report.Condition($"{vehicles} vehicles that drive up and stand for {hours} h, a fix each second; error σ 1.7 m each way that wanders over 40 s, σ 0.25 m new each time, speed σ 0.03 to 0.1 m/s");
        Standing("open", "under open sky", SkyAbove.Open, Goal.Most(10));
        Standing("canyon", "between tall buildings (5 to 30 m astray a third of the time)", SkyAbove.Canyon, null);
        foreach (var speed in new[] { 0.15, 0.4, 1 })
        {
            var shares = Enumerable.Range(0, vehicles).Select(i => Creep(context.Seed, i, speed)).ToList();
            report.Add(new Figure($"creep_share.{speed}", $"distance seen over distance crept at {speed} m/s", shares.Average(s => s.Ours), [("fix_to_fix", shares.Average(s => s.Raw))], null));
        }

        Real(context, report);

        void Standing(string key, string what, SkyAbove sky, Goal? goal)
        {
            var sums = Enumerable.Range(0, vehicles).Select(i => Stand(context.Seed, i, sky)).ToList();
            report.Add(new Figure($"phantom_m.{key}.p95", $"seeming distance {what}, p95 (m)", GeotagEvaluation.Percentile(sums.ConvertAll(s => s.Ours), 0.95),
                [
                    ("fix_to_fix", GeotagEvaluation.Percentile(sums.ConvertAll(s => s.Raw), 0.95)),
                    ("above_half_mps", GeotagEvaluation.Percentile(sums.ConvertAll(s => s.Gated), 0.95)),
                ],
                goal));
            report.Add(new Figure($"phantom_m.{key}.max", $"seeming distance {what}, the worst (m)", sums.Max(s => s.Ours), [], goal));
        }
    }

    private (double Ours, double Raw, double Gated) Stand(int seed, int vehicle, SkyAbove sky)
    {
        var sums = new Sums();
        foreach (var (fix, counts) in Fixes(seed, vehicle, 0, (int)(hours * 3600), sky)) sums.Take(fix, counts);
        return (sums.Ours, sums.Raw, sums.Gated);
    }

    private static (double Ours, double Raw) Creep(int seed, int vehicle, double speed)
    {
        var sums = new Sums();
        foreach (var (fix, counts) in Fixes(seed, vehicle, speed, CreepingSeconds, SkyAbove.Open)) sums.Take(fix, counts);
        return (sums.Ours / (CreepingSeconds * speed), sums.Raw / (CreepingSeconds * speed));
    }

    // Drives up at 8 m/s, brakes, and stands or creeps.
    private static IEnumerable<(Fix Fix, bool Counts)> Fixes(int seed, int vehicle, double thenMps, int seconds, SkyAbove sky)
    {
        var random = new Random(RoadSurface.HashCode(seed, vehicle, 85));
        var receiver = new GpsReceiver(new Random(random.Next()), ReceiverTraits.Draw(random) with { RateHz = 1 });
        var (x, speed) = (0.0, 8.0);
        for (var step = 0; step < 10 * (ArrivingSeconds + seconds); step++)
        {
            var counted = step >= 10 * ArrivingSeconds;
            speed = step < 10 * (ArrivingSeconds - 20) ? 8 : Math.Max(thenMps, speed - 0.17);
            x += speed * Driver.StepSeconds;
            receiver.Move(new Place(x, 0), 0, speed, counted ? sky : SkyAbove.Open);
            if (step % 10 != 9 || receiver.Measure(1) is not { } said) continue;
            yield return (new Fix
            {
                FixTime = Begins.AddSeconds(step / 10),
                DeviceTime = Begins,
                MonotonicMs = step * 100,
                At = Plane.ToGeo(said.At).Rounded(),
                SpeedMps = said.SpeedMps,
                CourseDeg = said.CourseDeg,
                Hdop = said.Hdop,
            }, counted);
        }
    }

    private static void Real(EvaluationContext context, Report report)
    {
        var files = context.Files("nmea", "reno*.txt");
        if (files.Count == 0)
        {
            report.Missing("a real receiver: no recording reno*.txt below nmea/");
            return;
        }

        var (standing, all) = (new Sums(), new Sums());
        var seconds = 0.0;
        Fix? last = null;
        foreach (var fix in files.SelectMany(NmeaRecording.Read))
        {
            var stands = fix.SpeedMps < StandingMps && last is { SpeedMps: < StandingMps } && fix.FixTime - last.FixTime < TimeSpan.FromSeconds(5);
            if (stands) seconds += (fix.FixTime - last!.FixTime).TotalSeconds;
            standing.Take(fix, stands);
            all.Take(fix, counts: true);
            last = fix;
        }

        report.Condition($"real: {all.Raw / 1000:0.0} km of a car in Nevada, 1 Hz, of it {seconds / 60:0} minutes below {StandingMps} m/s");
        report.Add(new Figure("real.standing_m", "real receiver: distance while it said that it stands (m)", standing.Ours, [("fix_to_fix", standing.Raw)], null));
        report.Add(new Figure("real.whole_share", "real receiver: whole distance over fix to fix", all.Ours / all.Raw, [], null));
    }

    private sealed class Sums
    {
        private readonly SteadyFixes _steady = new();
        private Fix? _last;
        private Fix? _lastSteady;

        public double Ours { get; private set; }

        public double Raw { get; private set; }

        /// <summary>What a speed above 0.5 m/s goes with.</summary>
        public double Gated { get; private set; }

        public void Take(Fix fix, bool counts)
        {
            var steady = _steady.Next(fix);
            if (counts && _last is { } last)
            {
                var far = last.At.DistanceMTo(fix.At);
                Raw += far;
                Gated += fix.SpeedMps > 0.5 ? far : 0;
                Ours += _lastSteady!.At.DistanceMTo(steady.At);
            }

            (_last, _lastSteady) = (fix, steady);
        }
    }
}
