using ThreeOneOne.Field.Evaluation.Learning;
using ThreeOneOne.Field.Evaluation.Scoring;

namespace ThreeOneOne.Field.Evaluation.Tests;

public sealed class LearningTests
{
    [Fact]
    public void A_line_learns_what_a_line_parts_and_states_its_chances()
    {
        var (rows, labels) = Examples(3, (x, y) => x + y > 0.5);
        var line = new LinearTrainer(0.1).Train(rows, labels, [.. rows.Select(_ => 1.0)]);

        Assert.True(Auc(rows, labels, r => line.LogOdds(r)) > 0.99);
        Assert.True(line.LogOdds([3, 3, 0]) > 2);
        Assert.True(line.LogOdds([-3, -3, 0]) < -2);
        // What is no number counts as usual.
        Assert.True(double.IsFinite(line.LogOdds([float.NaN, 0, 0])));
    }

    [Fact]
    public void What_no_line_parts_is_not_learned()
    {
        var (rows, labels) = Examples(1, (x, y) => x * y > 0);
        var line = new LinearTrainer(1).Train(rows, labels, [.. rows.Select(_ => 1.0)]);

        var (testRows, testLabels) = Examples(2, (x, y) => x * y > 0);
        Assert.InRange(Auc(testRows, testLabels, r => line.LogOdds(r)), 0.4, 0.6);
    }

    [Fact]
    public void The_same_examples_give_the_same_bits()
    {
        var (rows, labels) = Examples(4, (x, y) => x > y);
        var ones = rows.Select(_ => 1.0).ToList();

        Assert.Equal(new LinearTrainer(1).Train(rows, labels, ones).Weights, new LinearTrainer(1).Train(rows, labels, ones).Weights);
    }

    private static double Auc(List<float[]> rows, List<bool> labels, Func<float[], double> score) => new Roc(
        rows.Where((_, i) => labels[i]).Select(score), rows.Where((_, i) => !labels[i]).Select(score)).Auc;

    private static (List<float[]> Rows, List<bool> Labels) Examples(int seed, Func<double, double, bool> label)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 600).Select(_ => new[] { (float)(random.NextDouble() * 2 - 1), (float)(random.NextDouble() * 2 - 1), (float)random.NextDouble() }).ToList();
        return (rows, [.. rows.Select(r => label(r[0], r[1]))]);
    }
}
