namespace ThreeOneOne.Field.Wire;

/// <summary>
/// What the monotonic clock of one boot means in UTC: true time = <see cref="OffsetMs"/> + <see cref="Stamp.MonotonicMs"/>,
/// in Unix milliseconds. Appended when a trusted source sets the clock; records that were stamped before are never
/// rewritten, the hub applies it when it reads them.
/// </summary>
/// <param name="Boot"><see cref="Stamp.Boot"/> that it holds for.</param>
/// <param name="OffsetMs">Unix milliseconds UTC at monotonic zero.</param>
/// <param name="UncertaintyMs">Bound on its error, milliseconds.</param>
/// <param name="Source">Where the time came from: GPS or the network.</param>
public sealed record ClockRepair(string Boot, long OffsetMs, int UncertaintyMs, ClockSource Source);
