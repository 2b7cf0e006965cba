using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// The ranges of the sources that were heard lately, so that a record in its turn costs no look-up. The database decides:
/// after a transaction that was given up everything is read again. Used on the writer's thread only.
/// </summary>
public sealed class KnownRanges
{
    // Sources and gaps, whatever the history: about 100 bytes each.
    private const int MostInGeneration = 100_000;

    private readonly HashSet<long> touched = [];
    private Dictionary<long, SeqRanges> young = [];
    private Dictionary<long, SeqRanges> old = [];
    private long weight;

    /// <returns>False when that number was there already.</returns>
    internal bool Add(WriteScope scope, Incoming incoming)
    {
        touched.Add(incoming.Source);
        return Of(scope, incoming).Add(incoming.Seq);
    }

    /// <summary>Writes what was added.</summary>
    internal void Save(WriteScope scope)
    {
        foreach (var source in touched)
        {
            var ranges = young.GetValueOrDefault(source) ?? old[source];
            RangeStore.Save(scope, source, ranges);
            weight += ranges.Count;
        }

        touched.Clear();
        if (weight <= MostInGeneration) return;
        // What nobody asked for in a whole generation is dropped with it.
        (old, young, weight) = (young, [], 0);
    }

    /// <summary>What memory holds may not be so.</summary>
    internal void Forget()
    {
        young = [];
        old = [];
        touched.Clear();
        weight = 0;
    }

    private SeqRanges Of(WriteScope scope, Incoming incoming)
    {
        if (young.TryGetValue(incoming.Source, out var ranges)) return ranges;
        if (!old.Remove(incoming.Source, out ranges)) ranges = RangeStore.Load(scope, incoming);
        young.Add(incoming.Source, ranges);
        return ranges;
    }
}
