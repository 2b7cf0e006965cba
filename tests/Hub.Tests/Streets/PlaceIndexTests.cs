using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Streets;

public sealed class PlaceIndexTests
{
    private static readonly GeoPoint Centre = new(42.3736, -71.1097);

    [Theory]
    [InlineData(1, 3_000)]
    [InlineData(2, 30_000)]
    [InlineData(3, 30)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public void Finds_what_a_look_at_everything_finds(int seed, int count)
    {
        var random = new Random(seed);
        var all = new List<(GeoPoint At, int Value)>();
        // Every tenth stands where another one does.
        for (var i = 0; i < count; i++) all.Add((i % 10 == 9 ? all[^1].At : Place(random, 600), i));
        var index = new PlaceIndex<int>(all.OrderBy(_ => random.Next()), Comparer<int>.Default);
        Assert.Equal(count, index.Count);
        for (var i = 0; i < 500; i++)
        {
            var at = i % 5 == 4 && count > 0 ? all[random.Next(count)].At : Place(random, 700);
            var withinM = i % 7 == 6 ? 0 : random.NextDouble() * 80;
            var expected = all.Select(a => (a.Value, DistanceM: at.DistanceMTo(a.At))).Where(a => a.DistanceM <= withinM)
                .OrderBy(a => a.DistanceM).ThenBy(a => a.Value).ToList();
            Assert.Equal(expected, index.Near(at, withinM));
            Assert.Equal(expected.Count > 0, index.TryNearest(at, withinM, out var nearest));
            if (expected.Count > 0) Assert.Equal(expected[0].Value, nearest);
        }
    }

    [Theory]
    [InlineData(-33.86, 151.21)]
    [InlineData(51.4779, -0.0001)]
    [InlineData(0.0001, 32.58)]
    public void Cities_lie_on_either_side_of_the_equator_and_of_the_meridian(double lat, double lon)
    {
        var (random, centre) = (new Random(6), new GeoPoint(lat, lon));
        var all = Enumerable.Range(0, 500).Select(i => (At: centre.MovedByM(random.NextDouble() * 200 - 100, random.NextDouble() * 200 - 100), Value: i)).ToList();
        var index = new PlaceIndex<int>(all, Comparer<int>.Default);
        foreach (var (at, _) in all)
        {
            var expected = all.Select(a => (a.Value, DistanceM: at.DistanceMTo(a.At))).Where(a => a.DistanceM <= 30).OrderBy(a => a.DistanceM).ThenBy(a => a.Value);
            Assert.Equal(expected, index.Near(at, 30));
        }
    }

    [Fact]
    public void A_place_at_the_pole_of_the_earth_or_with_a_reach_around_it_is_an_ordinary_question()
    {
        var index = new PlaceIndex<int>([(Centre, 1)], Comparer<int>.Default);
        Assert.Empty(index.Near(new GeoPoint(90, 0), 200));
        Assert.False(index.TryNearest(new GeoPoint(-89.99999, 179.9), 200, out _));
        Assert.Equal(1, Assert.Single(index.Near(Centre.MovedByM(300, 400), 501)).Value);
    }

    private static GeoPoint Place(Random random, double sizeM) =>
        Centre.MovedByM((random.NextDouble() * 2 - 1) * sizeM, (random.NextDouble() * 2 - 1) * sizeM);
}
