using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>How far vehicles seem to drive that stand, and whether those that creep are still seen to.</summary>
internal sealed class ParkedEvaluation(int vehicles = 40, double hours = 8, int creeping = 12) : IEvaluation
{
    private const int CreepingSeconds = 900;
    private const int StandsFirstSeconds = 1200;
    private const int LeavingSeconds = 60;
    private const double LeavingMps = 5;
    private const double LeftM = 5;
    private const double StandingMps = 0.3;

    // What a vehicle's own signs are: none, its accelerometer, its ignition alone.
    private static readonly Func<ParkedFix, StandingSigns> Nothing = _ => default;
    private static readonly Func<ParkedFix, StandingSigns> Feels = f => new StandingSigns(f.StillSeconds, null);
    private static readonly Func<ParkedFix, StandingSigns> Ignition = f => new StandingSigns(null, f.IgnitionOn);

    public string Name => "parked";

    public string Purpose => "how far vehicles seem to drive that stand";

    public void Run(EvaluationContext context, Report report)
    {
        report.Condition($"{vehicles} vehicles of any build that drive up and stand for {hours} h with the engine on and a door slammed each 20 min, a fix each second; error σ 1.7 m each way that wanders over 40 s, σ 0.25 m new each time, speed σ 0.03 to 0.1 m/s; accelerometers at 50 Hz, mounted anyhow, that drift by 0 to 0.3 m/s²");
        report.Condition($"what an accelerometer feels of standing is simulated for {ParkedVehicle.FeltSeconds / 60} min and repeated");
        var parked = All(vehicles, i => new ParkedVehicle(context.Seed, i, (int)(hours * 3600)));
        Standing("open", "under open sky", SkyAbove.Open);
        Standing("canyon", "between tall buildings (5 to 30 m astray a third of the time, speed 6 times as noisy)", SkyAbove.Canyon);
        foreach (var speed in new[] { 0.15, 0.4, 1 })
        {
            Creeping($"creep_share.{speed}", $"distance seen over distance crept at {speed} m/s", speed, 0);
            Creeping($"creep_share.{speed}.stood", $"the same after {StandsFirstSeconds / 60} min of standing", speed, StandsFirstSeconds);
        }

        var leaving = All(creeping, i => new ParkedVehicle(context.Seed, i, StandsFirstSeconds, LeavingMps, LeavingSeconds));
        Leaving("open", "open sky", SkyAbove.Open);
        Leaving("canyon", "between tall buildings", SkyAbove.Canyon);
        Real(context, report);

        void Standing(string key, string what, SkyAbove sky)
        {
            var sums = All(vehicles, i => Stand(parked[i], sky));
            report.Add(new Figure($"phantom_m.{key}.p95", $"seeming distance {what}, p95 (m)", P95(s => s.Ours),
                [("ignition_alone", P95(s => s.Ignition)), ("fixes_alone", P95(s => s.Plain)), ("fix_to_fix", P95(s => s.Raw)), ("above_half_mps", P95(s => s.Gated))],
                Goal.Most(10)));
            report.Add(new Figure($"phantom_m.{key}.max", $"seeming distance {what}, the worst (m)", sums.Max(s => s.Ours), [], Goal.Most(10)));
            report.Add(new Figure($"held_error_m.{key}.p95", $"where it is held to stand, off the truth, p95 (m)", P95(s => s.OffM), [("last_fix", P95(s => s.LastOffM))], null));

            double P95(Func<Stood, double> of) => GeotagEvaluation.Percentile(sums.ConvertAll(s => of(s)), 0.95);
        }

        void Creeping(string key, string what, double speed, int standSeconds)
        {
            var shares = All(creeping, i => Creep(new ParkedVehicle(context.Seed, i, standSeconds, speed, CreepingSeconds), speed, standSeconds));
            report.Add(new Figure(key, what, shares.Average(s => s.Ours), [("fixes_alone", shares.Average(s => s.Plain)), ("fix_to_fix", shares.Average(s => s.Raw))], null));
        }

        void Leaving(string key, string what, SkyAbove sky)
        {
            var late = All(creeping, i => Leave(leaving[i], sky));
            report.Add(new Figure($"left_late_s.{key}.p95", $"driving off to {LeavingMps} m/s seen after it had gone {LeftM} m, {what}, p95 (s)",
                GeotagEvaluation.Percentile(late.ConvertAll(l => l.Ours), 0.95), [("fixes_alone", GeotagEvaluation.Percentile(late.ConvertAll(l => l.Plain), 0.95))], null));
        }

        static List<T> All<T>(int count, Func<int, T> one)
        {
            var each = new T[count];
            Parallel.For(0, count, i => each[i] = one(i));
            return [.. each];
        }
    }

    private static Stood Stand(ParkedVehicle vehicle, SkyAbove sky)
    {
        var (ours, ignition, plain) = (new Sums(Feels), new Sums(Ignition), new Sums(Nothing));
        var (held, last) = (0.0, 0.0);
        foreach (var fix in vehicle.Fixes(sky))
        {
            foreach (var sums in new[] { ours, ignition, plain }) sums.Take(fix, fix.Seconds >= 0);
            (held, last) = (OffM(ours.At, fix), OffM(fix.Fix.At, fix));
        }

        return new Stood(ours.Ours, ignition.Ours, plain.Ours, plain.Raw, plain.Gated, held, last);
    }

    private static double OffM(GeoPoint at, in ParkedFix fix) => at.DistanceMTo(ParkedVehicle.Plane.ToGeo(fix.Truth));

    private static (double Ours, double Plain, double Raw) Creep(ParkedVehicle vehicle, double speed, int standSeconds)
    {
        var (ours, plain) = (new Sums(Feels), new Sums(Nothing));
        foreach (var fix in vehicle.Fixes(SkyAbove.Open))
        {
            ours.Take(fix, fix.Seconds >= standSeconds);
            plain.Take(fix, fix.Seconds >= standSeconds);
        }

        return (ours.Ours / (CreepingSeconds * speed), plain.Ours / (CreepingSeconds * speed), plain.Raw / (CreepingSeconds * speed));
    }

    private static (double Ours, double Plain) Leave(ParkedVehicle vehicle, SkyAbove sky)
    {
        var (ours, plain) = (new Sums(Feels), new Sums(Nothing));
        var (began, left, oursLeft, plainLeft) = ((Place?)null, (double?)null, (double?)null, (double?)null);
        var (oursFrom, plainFrom) = (default(GeoPoint), default(GeoPoint));
        foreach (var fix in vehicle.Fixes(sky))
        {
            ours.Take(fix, fix.Seconds >= 0);
            plain.Take(fix, fix.Seconds >= 0);
            if (fix.Seconds < StandsFirstSeconds)
            {
                (began, oursFrom, plainFrom) = (fix.Truth, ours.At, plain.At);
                continue;
            }

            if (fix.Truth.DistanceTo(began!.Value) >= LeftM) left ??= fix.Seconds;
            if (ours.At.DistanceMTo(oursFrom) >= LeftM) oursLeft ??= fix.Seconds;
            if (plain.At.DistanceMTo(plainFrom) >= LeftM) plainLeft ??= fix.Seconds;
        }

        return ((oursLeft ?? StandsFirstSeconds + LeavingSeconds) - left!.Value, (plainLeft ?? StandsFirstSeconds + LeavingSeconds) - left.Value);
    }

    private static void Real(EvaluationContext context, Report report)
    {
        var files = context.Files("nmea", "reno*.txt");
        if (files.Count == 0)
        {
            report.Missing("a real receiver: no recording reno*.txt below nmea/");
            return;
        }

        var (standing, all) = (new Sums(Nothing), new Sums(Nothing));
        var seconds = 0.0;
        Fix? last = null;
        foreach (var fix in files.SelectMany(NmeaRecording.Read))
        {
            var stands = fix.SpeedMps < StandingMps && last is { SpeedMps: < StandingMps } && fix.FixTime - last.FixTime < TimeSpan.FromSeconds(5);
            if (stands) seconds += (fix.FixTime - last!.FixTime).TotalSeconds;
            var alone = new ParkedFix(fix, null, true, default, 0);
            standing.Take(alone, stands);
            all.Take(alone, counts: true);
            last = fix;
        }

        report.Condition($"real: {all.Raw / 1000:0.0} km of a car in Nevada, 1 Hz, of it {seconds / 60:0} minutes below {StandingMps} m/s");
        report.Add(new Figure("real.standing_m", "real receiver: distance while it said that it stands (m)", standing.Ours, [("fix_to_fix", standing.Raw)], null));
        report.Add(new Figure("real.whole_share", "real receiver: whole distance over fix to fix", all.Ours / all.Raw, [], null));
    }

    private sealed record Stood(double Ours, double Ignition, double Plain, double Raw, double Gated, double OffM, double LastOffM);

    private sealed class Sums(Func<ParkedFix, StandingSigns> signs)
    {
        private readonly SteadyFixes _steady = new();
        private Fix? _last;

        public GeoPoint At { get; private set; }

        public double Ours { get; private set; }

        public double Raw { get; private set; }

        /// <summary>What a speed above 0.5 m/s goes with.</summary>
        public double Gated { get; private set; }

        public void Take(in ParkedFix parked, bool counts)
        {
            var fix = parked.Fix;
            var steady = _steady.Next(fix, signs(parked)).At;
            if (counts && _last is { } last)
            {
                var far = last.At.DistanceMTo(fix.At);
                Raw += far;
                Gated += fix.SpeedMps > 0.5 ? far : 0;
                Ours += At.DistanceMTo(steady);
            }

            (_last, At) = (fix, steady);
        }
    }
}
