using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Streets;

public sealed class PlaceIndexTests
{
    private static readonly GeoPoint Centre = new(42.3736, -71.1097);

    [Theory]
    [InlineData(1, 64)]
    [InlineData(2, 7)]
    [InlineData(3, 1_000)]
    public void Finds_what_a_look_at_everything_finds_also_after_removals(int seed, double cellM)
    {
        var random = new Random(seed);
        var index = new PlaceIndex<int>(Comparer<int>.Default, cellM);
        var all = new Dictionary<int, GeoPoint>();
        for (var i = 0; i < 3_000; i++)
        {
            // Every tenth stands where another one does.
            var at = i % 10 == 9 ? all.Values.Last() : Place(random, 600);
            all[i] = at;
            index.Add(at, i);
            if (i % 3 == 2)
            {
                var gone = all.ElementAt(random.Next(all.Count));
                Assert.True(index.Remove(gone.Value, gone.Key));
                Assert.False(index.Remove(gone.Value, gone.Key));
                all.Remove(gone.Key);
            }
        }

        Assert.Equal(all.Count, index.Count);
        for (var i = 0; i < 500; i++)
        {
            var at = Place(random, 700);
            var withinM = random.NextDouble() * 80;
            var expected = all.Select(a => (a.Key, DistanceM: at.DistanceMTo(a.Value))).Where(a => a.DistanceM <= withinM)
                .OrderBy(a => a.DistanceM).ThenBy(a => a.Key).ToList();
            Assert.Equal(expected, index.Near(at, withinM).ConvertAll(f => (f.Value, f.DistanceM)));
            Assert.Equal(expected.Count > 0, index.TryNearest(at, withinM, out var nearest, out var distanceM));
            if (expected.Count > 0) Assert.Equal(expected[0], (nearest, distanceM));
        }
    }

    [Fact]
    public void Lists_a_rectangle_however_large_it_is()
    {
        var random = new Random(4);
        var index = new PlaceIndex<int>(Comparer<int>.Default);
        var all = Enumerable.Range(0, 2_000).Select(i => (Value: i, At: Place(random, 2_000))).ToList();
        foreach (var (value, at) in all) index.Add(at, value);
        foreach (var sizeM in new[] { 1.0, 50, 900, 5_000, 5_000_000 })
        {
            var (southWest, northEast) = (Centre.MovedByM(-sizeM, -sizeM), Centre.MovedByM(sizeM, sizeM));
            var found = new List<int>();
            index.Between(southWest, northEast, (_, value) => found.Add(value));
            var expected = all.Where(a => a.At.Latitude >= southWest.Latitude && a.At.Latitude <= northEast.Latitude
                && a.At.Longitude >= southWest.Longitude && a.At.Longitude <= northEast.Longitude).Select(a => a.Value);
            Assert.Equal(expected.Order(), found.Order());
        }
    }

    [Fact]
    public void A_place_at_the_pole_of_the_earth_is_an_ordinary_question()
    {
        var index = new PlaceIndex<int>(Comparer<int>.Default);
        index.Add(Centre, 1);
        Assert.Empty(index.Near(new GeoPoint(90, 0), 200));
        Assert.False(index.TryNearest(new GeoPoint(-89.99999, 179.9), 200, out _, out _));
    }

    private static GeoPoint Place(Random random, double sizeM) =>
        Centre.MovedByM((random.NextDouble() * 2 - 1) * sizeM, (random.NextDouble() * 2 - 1) * sizeM);
}
