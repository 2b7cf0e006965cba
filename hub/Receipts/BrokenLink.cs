namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>A link of a chain that cannot be as the vehicle wrote it.</summary>
/// <param name="N">Its number in the chain.</param>
/// <param name="Seq">Sequence number of the record.</param>
/// <param name="Detail">What is wrong, for a person.</param>
public sealed record BrokenLink(long N, long Seq, string Detail);
