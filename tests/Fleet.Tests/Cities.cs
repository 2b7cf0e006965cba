using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

/// <summary>Cities to test in: the real one that the project ships, and a small one with known streets.</summary>
internal static class Cities
{
    public static readonly Lazy<CityMap> Cambridge = new(() => CityMap.Load(Folder()));

    public static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "hub", "Cities", "cambridge-ma");
            if (Directory.Exists(folder)) return folder;
        }

        throw new DirectoryNotFoundException("hub/Cities/cambridge-ma");
    }

    /// <summary>Blocks of 100 m; the middle street of each direction runs one way.</summary>
    public static CityMap Grid(int blocks = 6)
    {
        List<StreetSegment> segments = [];
        for (var line = 0; line <= blocks; line++)
        {
            for (var block = 0; block < blocks; block++)
            {
                var oneWay = line == blocks / 2;
                Add(new Place(block * 100, line * 100), new Place(block * 100 + 100, line * 100), oneWay);
                Add(new Place(line * 100, block * 100), new Place(line * 100, block * 100 + 100), oneWay);
            }
        }

        List<Pole> poles = [.. Enumerable.Range(0, blocks * 4).Select(i => new Pole($"p-{i}", "Cobrahead", new Place(i * 25, 5)))];
        return new CityMap(new CityPlane(new GeoPoint(42.37, -71.1)), segments, poles);

        void Add(Place a, Place b, bool oneWay) =>
            segments.Add(new StreetSegment(segments.Count, $"s-{segments.Count}", "Test St", [a, b], a.DistanceTo(b), true, !oneWay, false));
    }
}
