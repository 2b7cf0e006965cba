namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>The segments of one epoch, oldest first. Few of them are open at a time.</summary>
/// <param name="path">The epoch's folder.</param>
/// <param name="seal">Encrypts their frames; null for none.</param>
internal sealed class SegmentSet(string path, FrameSeal? seal) : IDisposable
{
    private const int MostOpen = 8;

    private readonly List<Segment> segments = Segment.OpenAll(path, seal);
    private readonly Queue<Segment> opened = [];
    private Segment? latest;

    public IReadOnlyList<Segment> All => segments;

    public Segment? Last => segments.Count > 0 ? segments[^1] : null;

    /// <summary>Bytes of all of them.</summary>
    public long Bytes => segments.Sum(s => s.DurableLength);

    public Segment Create(long firstSeq, Tally before)
    {
        var full = Last;
        var segment = Segment.Create(path, firstSeq, before, seal);
        segments.Add(segment);
        if (full is not null) Touch(full);
        return segment;
    }

    /// <summary>The segment that begins with this number.</summary>
    public Segment From(long firstSeq)
    {
        if (latest?.FirstSeq == firstSeq) return latest;
        int low = 0, high = segments.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (segments[middle].FirstSeq == firstSeq) return latest = segments[middle];
            if (segments[middle].FirstSeq < firstSeq) low = middle + 1;
            else high = middle - 1;
        }

        throw new InvalidOperationException($"no segment from {firstSeq}");
    }

    /// <summary>Closes the one that was opened longest ago, when this one makes them too many.</summary>
    public void Touch(Segment segment)
    {
        if (segment == Last || opened.Contains(segment)) return;
        opened.Enqueue(segment);
        if (opened.Count <= MostOpen) return;
        var closing = opened.Dequeue();
        if (closing != Last) closing.Close();
    }

    /// <summary>Removes those of which nothing waits, but not the last: it names the next number and has the tally.</summary>
    public void RemoveDone()
    {
        // And the one before it while nothing is in the last: the tally is in it.
        for (var i = segments.Count - (Last is { IsEmpty: true } ? 3 : 2); i >= 0; i--)
        {
            if (segments[i].Waiting > 0) continue;
            Remove(i);
        }
    }

    public void RemoveLast() => Remove(segments.Count - 1);

    public void Dispose()
    {
        foreach (var segment in segments) segment.Dispose();
    }

    private void Remove(int i)
    {
        if (segments[i] == latest) latest = null;
        segments[i].Delete();
        segments.RemoveAt(i);
    }
}
