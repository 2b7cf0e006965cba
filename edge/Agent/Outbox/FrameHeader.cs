using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>What a frame says before its bytes.</summary>
internal readonly record struct FrameHeader(long Seq, RecordPriority Priority, RecordKind Kind, FrameFlags Flags, int Length);
