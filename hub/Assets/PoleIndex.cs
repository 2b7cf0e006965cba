using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>The street lights in memory, by id and by place. Replaced as a whole by an import; any thread may ask.</summary>
public sealed class PoleIndex
{
    // Cells of 1/4096 degree: 27 m north, 20 m east in Cambridge; a query looks at every cell its reach touches.
    private const double CellsPerDegree = 4096;

    private Snapshot snapshot = new([]);

    public IReadOnlyList<StreetLight> All => Volatile.Read(ref snapshot).Lights;

    public StreetLight? Find(string pole) => Volatile.Read(ref snapshot).ById.GetValueOrDefault(pole);

    /// <summary>Poles within a distance, nearest first; ties by id.</summary>
    public IReadOnlyList<StreetLight> Near(GeoPoint at, double withinM)
    {
        var cells = Volatile.Read(ref snapshot).ByCell;
        var corner = at.MovedByM(withinM, withinM);
        var (dLat, dLon) = (corner.Latitude - at.Latitude, corner.Longitude - at.Longitude);
        var found = new List<(StreetLight Light, double DistanceM)>();
        for (var y = Cell(at.Latitude - dLat); y <= Cell(at.Latitude + dLat); y++)
        {
            for (var x = Cell(at.Longitude - dLon); x <= Cell(at.Longitude + dLon); x++)
            {
                if (!cells.TryGetValue((y, x), out var lights)) continue;
                found.AddRange(lights.Select(l => (l, l.At.DistanceMTo(at))).Where(l => l.Item2 <= withinM));
            }
        }

        return [.. found.OrderBy(f => f.DistanceM).ThenBy(f => f.Light.Pole, StringComparer.Ordinal).Select(f => f.Light)];
    }

    public void Replace(IReadOnlyList<StreetLight> lights) => Volatile.Write(ref snapshot, new Snapshot(lights));

    private static int Cell(double degrees) => (int)Math.Floor(degrees * CellsPerDegree);

    private sealed class Snapshot(IReadOnlyList<StreetLight> lights)
    {
        public IReadOnlyList<StreetLight> Lights { get; } = lights;

        public Dictionary<string, StreetLight> ById { get; } = lights.ToDictionary(l => l.Pole);

        public Dictionary<(int, int), StreetLight[]> ByCell { get; } =
            lights.GroupBy(l => (Cell(l.At.Latitude), Cell(l.At.Longitude))).ToDictionary(g => g.Key, g => g.ToArray());
    }
}
