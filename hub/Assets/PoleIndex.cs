using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>The street lights in memory, by id and by place. Replaced as a whole by an import; any thread may ask.</summary>
public sealed class PoleIndex
{
    private static readonly IComparer<StreetLight> ById = Comparer<StreetLight>.Create((a, b) => string.CompareOrdinal(a.Pole, b.Pole));

    private Snapshot snapshot = new([]);

    public IReadOnlyList<StreetLight> All => Volatile.Read(ref snapshot).Lights;

    public StreetLight? Find(string pole) => Volatile.Read(ref snapshot).ByPole.GetValueOrDefault(pole);

    /// <summary>Poles within a distance, nearest first; ties by id.</summary>
    public IReadOnlyList<StreetLight> Near(GeoPoint at, double withinM) =>
        Volatile.Read(ref snapshot).ByPlace.Near(at, withinM).ConvertAll(f => f.Value);

    /// <summary>The nearest pole within a distance; null when there is none.</summary>
    public StreetLight? Nearest(GeoPoint at, double withinM) =>
        Volatile.Read(ref snapshot).ByPlace.TryNearest(at, withinM, out var nearest) ? nearest : null;

    public void Replace(IReadOnlyList<StreetLight> lights) => Volatile.Write(ref snapshot, new Snapshot(lights));

    private sealed class Snapshot
    {
        public Snapshot(IReadOnlyList<StreetLight> lights)
        {
            Lights = lights;
            ByPole = lights.ToDictionary(l => l.Pole);
            ByPlace = new PlaceIndex<StreetLight>(lights.Select(l => (l.At, l)), ById);
        }

        public IReadOnlyList<StreetLight> Lights { get; }

        public Dictionary<string, StreetLight> ByPole { get; }

        public PlaceIndex<StreetLight> ByPlace { get; }
    }
}
