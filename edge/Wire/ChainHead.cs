namespace ThreeOneOne.Field.Wire;

/// <summary>How far the hash chain of one epoch reaches on the vehicle.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Count"><see cref="ChainLink.N"/> of the newest chained record; 0 for none.</param>
/// <param name="Head"><see cref="WireCodec.ContentHash"/> of that record; empty for none.</param>
public sealed record ChainHead(string Epoch, long Count, string Head);
