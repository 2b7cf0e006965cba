namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>What of one epoch has arrived, what was dropped on purpose, and what is neither. Ranges are inclusive, of two.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Highest">Highest sequence number that anything speaks of.</param>
/// <param name="At">What is at city hall.</param>
/// <param name="Missing">Below <paramref name="Highest"/>, not here and not dropped: on its way while the vehicle has unsent records, else lost.</param>
/// <param name="Dropped">What the vehicle dropped on purpose.</param>
/// <param name="Chain">Its hash chain.</param>
public sealed record EpochGaps(
    string Epoch, long Highest, IReadOnlyList<long[]> At, IReadOnlyList<long[]> Missing, IReadOnlyList<Dropped> Dropped, ChainState Chain)
{
    public static EpochGaps Of(string epoch, IReadOnlyList<(long First, long Last)> arrived, IReadOnlyList<Dropped> dropped, ChainState chain)
    {
        var named = dropped.SelectMany(d => d.Ranges).Where(r => r.Length == 2 && r[0] >= 1 && r[1] >= r[0]).Select(r => (First: r[0], Last: r[1]));
        var missing = new List<long[]>();
        var next = 1L;
        foreach (var (first, last) in arrived.Concat(named).OrderBy(r => r.First))
        {
            if (first > next) missing.Add([next, first - 1]);
            next = Math.Max(next, last + 1);
        }

        return new EpochGaps(epoch, next - 1, [.. arrived.Select(r => new[] { r.First, r.Last })], missing, dropped, chain);
    }
}
