using ThreeOneOne.Field.Agent.Sensing.Shock;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class ShockModelTests
{
    private static readonly ShockModel TwoFeatures = new(
        "test-1", [1, 10], [1, 2], [0, 0, 0, 0, 0, 0], [[1, 0], [0, 1], [0, 0], [0, 0], [0, 0], [-1, 0]], 1);

    private static double[] Chances(ShockModel model, params float[] features)
    {
        var chances = new double[ShockModel.Classes];
        model.Chances(features, chances);
        return chances;
    }

    [Fact]
    public void Chances_are_the_softmax_of_the_sums()
    {
        var chances = Chances(TwoFeatures, 2, 14);

        var parts = new[] { 1.0, 2, 0, 0, 0, -1 }.Select(Math.Exp).ToArray();
        for (var c = 0; c < ShockModel.Classes; c++) Assert.Equal(parts[c] / parts.Sum(), chances[c], 9);
    }

    [Fact]
    public void What_is_no_number_counts_as_usual() => Assert.Equal(Chances(TwoFeatures, 1, 12), Chances(TwoFeatures, float.NaN, 12));

    [Fact]
    public void What_is_beyond_all_that_was_learned_from_says_no_more_than_the_farthest()
    {
        Assert.Equal(Chances(TwoFeatures, 5, 10), Chances(TwoFeatures, 5000, 10));
        Assert.Equal(Chances(TwoFeatures, 5, 10), Chances(TwoFeatures, float.PositiveInfinity, 10));
    }

    [Fact]
    public void A_higher_temperature_is_less_sure_of_the_same()
    {
        var cool = Chances(TwoFeatures, 3, 10);
        var warm = Chances(TwoFeatures with { Temperature = 2 }, 3, 10);

        Assert.Equal(Array.IndexOf(cool, cool.Max()), Array.IndexOf(warm, warm.Max()));
        Assert.True(warm.Max() < cool.Max());
        Assert.Equal(1, warm.Sum(), 9);
    }

    [Fact]
    public void Sums_that_overflow_an_exponential_give_chances_still()
    {
        var chances = Chances(TwoFeatures with { Start = [5000, 0, 0, 0, 0, -5000] }, 1, 10);

        Assert.Equal(1, chances[0], 9);
        Assert.All(chances, c => Assert.True(double.IsFinite(c)));
    }
}
