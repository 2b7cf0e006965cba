using ThreeOneOne.Field.Evaluation.Scoring;

namespace ThreeOneOne.Field.Evaluation.Tests;

public sealed class RocTests
{
    [Fact]
    public void All_above_is_one_all_below_nothing_and_the_same_a_half()
    {
        Assert.Equal(1, new Roc([3, 4], [1, 2]).Auc);
        Assert.Equal(0, new Roc([1, 2], [3, 4]).Auc);
        Assert.Equal(0.5, new Roc([1, 1], [1, 1, 1]).Auc);
        Assert.Equal(0.75, new Roc([1, 3], [0, 2]).Auc);
        Assert.True(double.IsNaN(new Roc([], [1]).Auc));
    }

    [Fact]
    public void Never_more_false_positives_than_allowed_count()
    {
        // Of 20 negatives one may be taken: everything above the second highest.
        var negatives = Enumerable.Range(1, 20).Select(i => (double)i);
        Assert.Equal(0.5, new Roc([19, 19.5, 25, 3], negatives).TprAt(0.05));
        Assert.Equal(0.25, new Roc([19, 19.5, 25, 3], negatives).TprAt(0.04));
        // Equal scores cannot be told apart: none of them counts.
        Assert.Equal(0, new Roc([1, 1], [1, 1]).TprAt(0.5));
    }
}
