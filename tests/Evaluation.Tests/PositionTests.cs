using ThreeOneOne.Field.Evaluation.Position;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Evaluation.Tests;

public sealed class PositionTests
{
    [Fact]
    public void Events_are_put_near_their_places_whatever_the_receiver_is_late()
    {
        var figures = Run(new GeotagEvaluation(vehicles: 4));

        Assert.InRange(figures["single_m.known.p50"].Ours!.Value, 0, 4);
        Assert.InRange(figures["single_over_last_fix.known.p50"].Ours!.Value, 0, 0.35);
        Assert.InRange(figures["ticket_m.known.p50"].Ours!.Value, 0, 2.5);
        Assert.True(figures["single_m.known.p50"].Baselines.All(b => b.Value > 5));
        Assert.InRange(figures["fresher_m.known.p50"].Ours!.Value, 0, 4);
        Assert.True(figures["fresher_lag_error_s.p50"].Baselines.Single().Value > 2 * figures["fresher_lag_error_s.p50"].Ours);
    }

    [Fact]
    public void Who_stands_has_arrived_and_who_waits_has_not()
    {
        var figures = Run(new ArrivalEvaluation(visits: 20, drives: 2));

        Assert.InRange(figures["arrived_error_s.p95"].Ours!.Value, 0, 15);
        Assert.InRange(figures["noticed_s.p50"].Ours!.Value, 0, 10);
        Assert.InRange(figures["false_share"].Ours!.Value, 0, 0.02);
        Assert.True(figures["false_share"].Baselines.All(b => b.Value > figures["false_share"].Ours));
    }

    [Fact]
    public void Who_stands_does_not_drive()
    {
        var figures = Run(new ParkedEvaluation(vehicles: 3, hours: 1));

        Assert.InRange(figures["phantom_m.open.max"].Ours!.Value, 0, 10);
        Assert.True(figures["phantom_m.open.p95"].Baselines.Single(b => b.Name == "fix_to_fix").Value > 1000);
        Assert.InRange(figures["creep_share.1"].Ours!.Value, 0.8, 1.1);
        Assert.False(figures.ContainsKey("real.standing_m"));
    }

    private static Dictionary<string, Figure> Run(IEvaluation evaluation)
    {
        var report = new Report(evaluation.Name, 5);
        evaluation.Run(new EvaluationContext(Repository.Root, Path.Combine(Repository.Root, "tests", "Evaluation", "Position"), 5), report);
        return report.Figures.ToDictionary(f => f.Key);
    }
}
