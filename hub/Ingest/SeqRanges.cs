namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// A set of sequence numbers as inclusive ranges, disjoint and not adjacent: as large as its gaps, not as its history.
/// </summary>
public sealed class SeqRanges
{
    private readonly SortedList<long, long> lastByFirst = [];
    private readonly HashSet<long> changed = [];

    public SeqRanges(IEnumerable<(long First, long Last)> ranges)
    {
        foreach (var (first, last) in ranges) lastByFirst.Add(first, last);
    }

    public SeqRanges()
    {
    }

    public int Count => lastByFirst.Count;

    public IEnumerable<(long First, long Last)> All => lastByFirst.Select(r => (r.Key, r.Value));

    public bool Contains(long seq)
    {
        var i = IndexAtOrBefore(seq);
        return i >= 0 && lastByFirst.Values[i] >= seq;
    }

    /// <returns>False when it was there already.</returns>
    public bool Add(long seq)
    {
        var i = IndexAtOrBefore(seq);
        if (i >= 0 && lastByFirst.Values[i] >= seq) return false;
        var (first, last) = (seq, seq);
        if (i + 1 < lastByFirst.Count && seq < long.MaxValue && lastByFirst.Keys[i + 1] == seq + 1)
        {
            last = lastByFirst.Values[i + 1];
            changed.Add(seq + 1);
            lastByFirst.RemoveAt(i + 1);
        }

        if (i >= 0 && lastByFirst.Values[i] == seq - 1)
        {
            first = lastByFirst.Keys[i];
            lastByFirst.SetValueAtIndex(i, last);
        }
        else
        {
            lastByFirst.Add(first, last);
        }

        changed.Add(first);
        return true;
    }

    /// <summary>Ranges that were made, grew or (without a last) went since this was asked before, by their first number.</summary>
    public IReadOnlyList<(long First, long? Last)> TakeChanges()
    {
        (long, long?)[] changes = [.. changed.Select(first => (first, lastByFirst.TryGetValue(first, out var last) ? last : (long?)null))];
        changed.Clear();
        return changes;
    }

    private int IndexAtOrBefore(long seq)
    {
        int low = 0, high = lastByFirst.Count - 1, found = -1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (lastByFirst.Keys[middle] <= seq) (found, low) = (middle, middle + 1);
            else high = middle - 1;
        }

        return found;
    }
}
