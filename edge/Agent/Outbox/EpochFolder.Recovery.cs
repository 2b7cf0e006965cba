namespace ThreeOneOne.Field.Agent.Outbox;

/// <content>What a start finds in the files, and a file whose index is wrong.</content>
internal sealed partial class EpochFolder
{
    private void Recover()
    {
        if (segments.Last is { } newest)
        {
            index.StartAt(segments.All[0].FirstSeq);
            // The power may have gone between making the last file and its first write.
            var withTally = segments.All.LastOrDefault(s => s.DurableLength > 0) ?? newest;
            foreach (var segment in segments.All)
            {
                // A gap between files is a file that was acknowledged and removed.
                if (segment.FirstSeq < withTally.FirstSeq && SegmentIndex.Read(segment) is { } entries)
                {
                    foreach (var (seq, entry) in entries) Add(segment, seq, entry);
                }
                else
                {
                    Scan(segment);
                }

                segments.Touch(segment);
            }
        }

        // Without a tally nothing can be chained: a file that was emptied, or a folder of which all files were taken.
        if (segments.All.All(s => s.DurableLength == 0)) DamagedBytes++;
        foreach (var (first, last) in acknowledged.ReadAll())
        {
            for (var seq = Math.Max(first, index.FirstWaiting); seq <= Math.Min(last, index.Next - 1); seq++) Remove(seq);
        }

        // The last file names the next number even when it is empty.
        if (segments.Last is { } named && index.Next < named.FirstSeq) index.Add(named.FirstSeq - 1, default);
        if (segments.All.Count > 1 && segments.Last!.DurableLength == 0) segments.RemoveLast();
        Tidy();
    }

    private void Scan(Segment segment)
    {
        segment.Flush();
        DamagedBytes += segment.Scan((frame, offset, body) =>
        {
            if (frame.Flags.HasFlag(FrameFlags.Head))
            {
                Tally = Tally.Read(body.Span) ?? Tally;
                return;
            }

            var origin = FrameBody.ReadOrigin(frame.Flags, body.Span);
            if (origin is not null) Origins.Add(origin);
            if (FrameBody.Record(frame.Flags, body) is { } record) Tally = Tally.After(frame.Kind, frame.Flags, record.Span, origin);
            // A file may end in what a failed write left of a group that then went whole into the next file.
            if (frame.Seq >= index.Next) Add(segment, offset, frame);
        });
    }

    private void Rescan(Segment segment)
    {
        SegmentIndex.Delete(segment);
        try
        {
            Frame.Scan(segment.ReadAll(), segment.FirstSeq, seal, (frame, offset, _) =>
            {
                if (frame.Flags.HasFlag(FrameFlags.Head) || !index.Holds(frame.Seq)) return;
                ref var entry = ref index.At(frame.Seq);
                if (entry.State == RecordEntryState.Gone) return;
                Count(segment, entry, -1);
                entry.Offset = (int)offset;
                entry.Length = frame.Length;
                entry.Priority = frame.Priority;
                entry.Kind = frame.Kind;
                entry.Flags = frame.Flags | (entry.Flags & ~FrameFlags.Stored);
                Count(segment, entry, 1);
            });
        }
        catch (IOException e)
        {
            log.CannotRead(segment.Path, e.Message);
        }
    }
}
