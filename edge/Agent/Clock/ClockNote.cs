using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>What is written down of the time.</summary>
/// <param name="LastMs">A time that has passed, Unix milliseconds.</param>
/// <param name="Boot">Boot in which it was known.</param>
/// <param name="OffsetMs">The repair that was appended for that boot.</param>
/// <param name="UncertaintyMs">Its bound.</param>
/// <param name="Source">Its source.</param>
/// <param name="FoundAtMs">When it was found, monotonic.</param>
internal sealed record ClockNote(long LastMs, string Boot, long OffsetMs, int UncertaintyMs, ClockSource Source, long FoundAtMs);
