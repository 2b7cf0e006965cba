using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>
/// The same drives with receivers whose speeds are fresher than their places, so that braking tells another lag than that of the place: with
/// what is learned from shocks on opposite courses, and by braking alone.
/// </summary>
internal sealed class FresherSpeeds(int seed)
{
    private readonly Learned _bothWays = new();
    private readonly Learned _braking = new();

    public void Drive(int vehicle, ReceiverTraits drawn, int passes, int earlierPasses)
    {
        var traits = drawn with { SpeedAgeSeconds = drawn.AgeSeconds * new Random(RoadSurface.HashCode(seed, vehicle, 90)).NextDouble() };
        var drive = new TaggedDrive(RoadSurface.HashCode(seed, vehicle, 82), passes, traits);
        var before = new TaggedDrive(RoadSurface.HashCode(seed, vehicle, 84), earlierPasses, traits);
        foreach (var (learned, bothWays) in (List<(Learned, bool)>)[(_bothWays, true), (_braking, false)])
        {
            drive.Tag(null, learned.Anew, bothWays);
            var lag = before.Tag(null, [], bothWays);
            drive.Tag(lag, learned.Known, bothWays);
            if (lag is { } known) learned.LagErrors.Add(Math.Abs(known.Seconds - drive.TrueLagSeconds));
        }
    }

    public void Tell(Report report)
    {
        report.Condition("fresher speeds: the same drives with receivers whose speed is between none and all of its place's age old; baseline: by braking alone");
        foreach (var (key, what, tags) in ((string, string, Func<Learned, List<Tagged>>)[])
            [("known", "lag known from before", l => l.Known), ("anew", "from the first minute", l => l.Anew)])
        {
            Add($"fresher_m.{key}.p50", $"fresher speeds, single pass, {what}, p50 (m)", l => Single(tags(l), 0.5));
            Add($"fresher_m.{key}.p95", $"fresher speeds, single pass, {what}, p95 (m)", l => Single(tags(l), 0.95), Goal.Most(8));
        }

        Add("fresher_lag_error_s.p50", "fresher speeds, lag learned, error p50 (s)", l => GeotagEvaluation.Percentile(l.LagErrors, 0.5));
        Add("fresher_lag_error_s.p95", "fresher speeds, lag learned, error p95 (s)", l => GeotagEvaluation.Percentile(l.LagErrors, 0.95));

        void Add(string key, string what, Func<Learned, double> figure, Goal? goal = null) =>
            report.Add(new Figure(key, what, figure(_bothWays), [("braking", figure(_braking))], goal));
    }

    private static double Single(List<Tagged> tags, double share) =>
        GeotagEvaluation.Percentile([.. tags.Where(t => t.Ours is not null).Select(t => t.Ours!.Value.DistanceTo(t.Truth))], share);

    private sealed class Learned
    {
        public List<Tagged> Known { get; } = [];

        public List<Tagged> Anew { get; } = [];

        public List<double> LagErrors { get; } = [];
    }
}
