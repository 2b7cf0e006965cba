using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>
/// How far from where it lies a thing is put that was driven over: on simulated drives with receivers of unknown lateness, through the
/// agent's own fixes, clock and trail.
/// </summary>
internal sealed class GeotagEvaluation(int vehicles = 60) : IEvaluation
{
    private const int Passes = 4;
    private const int EarlierPasses = 2;

    public string Name => "geotag";

    public string Purpose => "how far from its place an event is put";

    public void Run(EvaluationContext context, Report report)
    {
        report.Condition($"{vehicles} vehicles, each {Passes} times over its own winding road of 6 km, 2 in each direction, at 5 to 25 m/s with signals");
        report.Condition("each receiver 0 to 1 s older in what it says than its time tells, its sentences 0 to 1 s late, at 1 or 10 Hz, error σ 1.7 m each way that wanders over 40 s");
        report.Condition("an eighth of the road between tall buildings (5 to 30 m astray for 10 to 60 s, seldom seen in HDOP); accelerometers mounted at any angle");
        report.Condition("from the first minute: nothing is known of any receiver; known: the same drives, after another of 12 km elsewhere");
        List<Tagged> anew = [];
        List<Tagged> known = [];
        List<double> lagErrors = [];
        var fresher = new FresherSpeeds(context.Seed);
        for (var i = 0; i < vehicles; i++)
        {
            var traits = ReceiverTraits.Draw(new Random(RoadSurface.HashCode(context.Seed, i, 83)));
            var drive = new TaggedDrive(RoadSurface.HashCode(context.Seed, i, 82), Passes, traits);
            drive.Tag(null, anew);
            var earlier = new TaggedDrive(RoadSurface.HashCode(context.Seed, i, 84), EarlierPasses, traits).Tag(null, []);
            drive.Tag(earlier, known);
            fresher.Drive(i, traits, Passes, EarlierPasses);
            if (earlier is { } lag) lagErrors.Add(Math.Abs(lag.Seconds - drive.TrueLagSeconds));
        }

        report.Condition($"{anew.Count} events; {lagErrors.Count} of {vehicles} receivers learned in the other drive");
        Singles("known", "single pass, lag known from before", known);
        Singles("anew", "single pass, from the first minute", anew);
        Add("lag_error_s.p95", "lag learned, error p95 (s)", Percentile(lagErrors, 0.95), []);
        Tickets("known", "mean of 4 passes, lag known from before", known);
        Tickets("anew", "mean of 4 passes, from the first minute", anew);

        fresher.Tell(report);

        void Singles(string key, string what, List<Tagged> tags)
        {
            var placed = tags.Where(t => t.Ours is not null).ToList();
            var ours = placed.ConvertAll(t => t.Ours!.Value.DistanceTo(t.Truth));
            var last = placed.ConvertAll(t => t.LastFix.DistanceTo(t.Truth));
            var straight = placed.ConvertAll(t => t.Interpolated is { } at ? at.DistanceTo(t.Truth) : double.NaN).Where(double.IsFinite).ToList();
            foreach (var share in new[] { 0.5, 0.95 })
            {
                Add($"single_m.{key}.p{share * 100:0}", $"{what}, p{share * 100:0} (m)", Percentile(ours, share),
                    [("last_fix", Percentile(last, share)), ("interpolated", Percentile(straight, share))], share > 0.9 ? Goal.Most(8) : null);
                Add($"single_over_last_fix.{key}.p{share * 100:0}", $"{what}, p{share * 100:0} over the last fix's", Percentile(ours, share) / Percentile(last, share), [], Goal.Most(0.25));
            }

            var open = placed.Where(t => t.Sky == SkyAbove.Open).Select(t => t.Ours!.Value.DistanceTo(t.Truth)).ToList();
            Add($"single_open_m.{key}.p95", $"{what}, open sky, p95 (m)", Percentile(open, 0.95), []);
            Add($"placed.{key}", $"{what}, share that could be placed", (double)placed.Count / tags.Count, []);
        }

        void Tickets(string key, string what, List<Tagged> tags)
        {
            var tickets = tags.Where(t => t.Ours is not null).GroupBy(t => (t.Vehicle, t.Event)).Where(g => g.Count() == Passes).Select(g => g.ToList()).ToList();
            var mean = tickets.ConvertAll(t => Mean(t, p => p.Ours!.Value, _ => 1).DistanceTo(t[0].Centre));
            Add($"ticket_m.{key}.p50", $"{what}, p50 (m)", Percentile(mean, 0.5),
                [
                    ("last_fix", Percentile(tickets.ConvertAll(t => Mean(t, p => p.LastFix, _ => 1).DistanceTo(t[0].Centre)), 0.5)),
                    ("by_hdop", Percentile(tickets.ConvertAll(t => Mean(t, p => p.Ours!.Value, p => 1 / (p.Hdop * p.Hdop)).DistanceTo(t[0].Centre)), 0.5)),
                ],
                Goal.Most(2));
            Add($"ticket_m.{key}.p95", $"{what}, p95 (m)", Percentile(mean, 0.95), []);
        }

        void Add(string key, string what, double ours, IReadOnlyList<(string, double)> beside, Goal? goal = null) => report.Add(new Figure(key, what, ours, beside, goal));
    }

    internal static double Percentile(List<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    private static Place Mean(List<Tagged> passes, Func<Tagged, Place> at, Func<Tagged, double> weight)
    {
        var whole = passes.Sum(weight);
        return new Place(passes.Sum(p => weight(p) * at(p).X) / whole, passes.Sum(p => weight(p) * at(p).Y) / whole);
    }
}
