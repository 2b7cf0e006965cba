using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>The durable records of one epoch by sequence number, without gaps; the front is given up as it is acknowledged.</summary>
internal sealed class RecordIndex
{
    private const int TrimFrom = 4096;
    private static readonly int Priorities = Enum.GetValues<RecordPriority>().Length;

    private readonly List<RecordEntry> entries = [];

    // For each priority the lowest sequence number that may be ready.
    private readonly long[] cursors = new long[Priorities];
    private long first = 1;
    private long firstWaiting = 1;

    /// <summary>Number that the next record gets.</summary>
    public long Next => first + entries.Count;

    /// <summary>Lowest number that is not gone; <see cref="Next"/> when all are.</summary>
    public long FirstWaiting
    {
        get
        {
            while (firstWaiting < Next && At(firstWaiting).State == RecordEntryState.Gone) firstWaiting++;
            return firstWaiting;
        }
    }

    /// <summary>Starts at this number; only before the first <see cref="Add"/>.</summary>
    public void StartAt(long seq)
    {
        first = firstWaiting = seq;
        Array.Fill(cursors, seq);
    }

    public ref RecordEntry At(long seq) => ref CollectionsMarshal.AsSpan(entries)[(int)(seq - first)];

    public bool Holds(long seq) => seq >= first && seq < Next;

    /// <summary>Adds the record with this number; numbers that were skipped (damaged) are gone.</summary>
    public void Add(long seq, RecordEntry entry)
    {
        while (Next < seq) entries.Add(default);
        entries.Add(entry);
    }

    /// <summary>The next ready record of a priority at or after <paramref name="from"/>; null for none.</summary>
    public long? NextReady(RecordPriority priority, long from)
    {
        ref var cursor = ref cursors[(int)priority];
        var atCursor = from <= cursor;
        for (var seq = Math.Max(Math.Max(from, cursor), FirstWaiting); seq < Next; seq++)
        {
            ref var entry = ref At(seq);
            if (entry.State != RecordEntryState.Ready || entry.Priority != priority) continue;
            if (atCursor) cursor = seq;
            return seq;
        }

        if (atCursor) cursor = Next;
        return null;
    }

    /// <summary>Says that a record may be sent again.</summary>
    public void MakeReady(long seq)
    {
        ref var entry = ref At(seq);
        entry.State = RecordEntryState.Ready;
        ref var cursor = ref cursors[(int)entry.Priority];
        cursor = Math.Min(cursor, seq);
    }

    /// <summary>The ranges of numbers that are gone.</summary>
    /// <param name="from">First number that is asked for; it may have been given up here.</param>
    public List<(long First, long Last)> GoneRanges(long from)
    {
        List<(long, long)> ranges = from < first ? [(from, first - 1)] : [];
        for (var seq = first; seq < Next; seq++)
        {
            var start = seq;
            while (seq < Next && At(seq).State == RecordEntryState.Gone) seq++;
            if (seq > start) ranges.Add((start, seq - 1));
        }

        return ranges;
    }

    /// <summary>Gives up the front that is gone, when that is much.</summary>
    public void Trim()
    {
        var gone = (int)(FirstWaiting - first);
        if (gone < TrimFrom || gone < entries.Count / 2) return;
        entries.RemoveRange(0, gone);
        first += gone;
    }
}
