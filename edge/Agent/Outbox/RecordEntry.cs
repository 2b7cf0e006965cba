using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Where one durable record lies, and whether it is on its way. Kept small: there may be a million.</summary>
internal struct RecordEntry
{
    /// <summary>Offset of the frame in its segment.</summary>
    public int Offset;

    /// <summary>Bytes of the frame without its header.</summary>
    public int Length;

    /// <summary>First sequence number of its segment, as distance to its own.</summary>
    public int FromSegmentStart;

    public RecordPriority Priority;

    public RecordKind Kind;

    public RecordEntryState State;

    public FrameFlags Flags;
}
