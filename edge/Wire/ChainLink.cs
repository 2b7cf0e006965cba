namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Ties a record to the one before it in its epoch's hash chain. Crew actions, shift changes, faults, tombstones, clock
/// repairs and command results are chained; tracks, roughness, lit lamps and health are not. Whoever holds the head knows
/// whether one of them is missing or was changed.
/// </summary>
/// <param name="N">Counts from 1 within the epoch, without gaps.</param>
/// <param name="Prev"><see cref="WireCodec.ContentHash"/> of the chained record before it; empty for the first.</param>
public sealed record ChainLink(long N, string Prev);
