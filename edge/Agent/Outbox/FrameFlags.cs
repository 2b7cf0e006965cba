namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>What the bytes of a frame are. Stored: numbers never change.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>The record is compressed.</summary>
    Packed = 1,

    /// <summary>Before the record stands what it replaces: an <see cref="Origin"/>.</summary>
    Origin = 2,

    /// <summary>No record but the <see cref="Tally"/> of all files before this one.</summary>
    Head = 4,

    /// <summary>The record is a link of the epoch's hash chain.</summary>
    Chained = 8,

    /// <summary>The record is a track with fewer fixes than were driven.</summary>
    Thinned = 16,

    /// <summary>The bytes are encrypted: <see cref="FrameSeal"/>.</summary>
    Sealed = 32,

    /// <summary>All that is stored; the others live in memory.</summary>
    Stored = Packed | Origin | Head | Chained | Thinned | Sealed,

    /// <summary>It was taken to be sent since the start: the hub may have it.</summary>
    Sent = 64,

    /// <summary>It was looked at for thinning, which gained nothing.</summary>
    Kept = 128,
}
