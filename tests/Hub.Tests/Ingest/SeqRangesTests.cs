using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

public sealed class SeqRangesTests
{
    [Fact]
    public void Any_order_of_the_same_numbers_gives_one_range()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var numbers = Enumerable.Range(1, 60).Select(n => (long)n).ToArray();
            random.Shuffle(numbers);
            var ranges = new SeqRanges();
            Assert.All(numbers, n => Assert.True(ranges.Add(n)));
            Assert.Equal([(1, 60)], ranges.All);
            Assert.All(numbers, n => Assert.False(ranges.Add(n)));
        }
    }

    [Fact]
    public void Ranges_agree_with_a_plain_set()
    {
        const int seed = 311;
        var random = new Random(seed);
        var ranges = new SeqRanges();
        var set = new HashSet<long>();
        for (var i = 0; i < 5_000; i++)
        {
            var n = random.NextInt64(1, 2_000);
            Assert.Equal(set.Add(n), ranges.Add(n));
        }

        Assert.All(Enumerable.Range(1, 2_000), n => Assert.Equal(set.Contains(n), ranges.Contains(n)));
        Assert.Equal(set.Count, ranges.All.Sum(r => r.Last - r.First + 1));
        Assert.All(ranges.All.Zip(ranges.All.Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
    }

    [Fact]
    public void The_largest_number_is_a_number_like_any_other()
    {
        var ranges = new SeqRanges([(long.MaxValue - 1, long.MaxValue - 1)]);
        Assert.True(ranges.Add(long.MaxValue));
        Assert.False(ranges.Add(long.MaxValue));
        Assert.Equal([(long.MaxValue - 1, long.MaxValue)], ranges.All);
    }
}
