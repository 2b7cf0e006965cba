using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>The structures in the roads, in memory, by place. Replaced as a whole by an import; any thread may ask.</summary>
public sealed class RoadStructureIndex
{
    private static readonly IComparer<RoadStructure> ById = Comparer<RoadStructure>.Create((a, b) =>
        string.CompareOrdinal(a.Layer, b.Layer) is var byLayer and not 0 ? byLayer : string.CompareOrdinal(a.Id, b.Id));

    private Snapshot snapshot = new([]);

    /// <summary>In order of layers and ids.</summary>
    public IReadOnlyList<RoadStructure> All => Volatile.Read(ref snapshot).Structures;

    /// <summary>Structures within a distance, nearest first; ties by layer and id.</summary>
    public IReadOnlyList<RoadStructure> Near(GeoPoint at, double withinM) =>
        Volatile.Read(ref snapshot).ByPlace.Near(at, withinM).ConvertAll(f => f.Value);

    public void Replace(IReadOnlyList<RoadStructure> structures) => Volatile.Write(ref snapshot, new Snapshot(structures));

    private sealed class Snapshot(IReadOnlyList<RoadStructure> structures)
    {
        public IReadOnlyList<RoadStructure> Structures { get; } = structures;

        public PlaceIndex<RoadStructure> ByPlace { get; } = new(structures.Select(s => (s.At, s)), ById);
    }
}
