namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// A set of sequence numbers as inclusive ranges, disjoint and not adjacent: as large as its gaps, not as its history.
/// </summary>
public sealed class SeqRanges
{
    private readonly SortedList<long, long> lastByFirst = [];

    public SeqRanges(IEnumerable<(long First, long Last)> ranges)
    {
        foreach (var (first, last) in ranges) lastByFirst.Add(first, last);
    }

    public SeqRanges()
    {
    }

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
            lastByFirst.RemoveAt(i + 1);
        }

        if (i >= 0 && lastByFirst.Values[i] == seq - 1)
        {
            first = lastByFirst.Keys[i];
            lastByFirst.RemoveAt(i);
        }

        lastByFirst.Add(first, last);
        return true;
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
