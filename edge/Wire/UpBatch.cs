namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Records of one vehicle and epoch, sent together. Written and read record by record as raw bytes
/// (<see cref="UpBatchWriter"/>, <see cref="UpBatchReader"/>), so that what the outbox stored is, byte for byte, what the
/// hub hashes, and one bad record does not cost its neighbours.
/// </summary>
/// <param name="Version">Version of the contract, 1.</param>
/// <param name="Vehicle">Vehicle id; must equal the topic's.</param>
/// <param name="Epoch">16 hex digits, random, made with the outbox file.</param>
/// <param name="Records">Each record's UTF-8 JSON, in the order sent; may be empty when it only asks.</param>
/// <param name="Ask">
/// Inclusive ranges of two: the hub answers which of these it has (<see cref="Ack.Asked"/>), so that only what is missing
/// is sent again; null asks nothing.
/// </param>
public sealed record UpBatch(
    int Version, string Vehicle, string Epoch, IReadOnlyList<ReadOnlyMemory<byte>> Records, IReadOnlyList<(long First, long Last)>? Ask = null)
{
    /// <summary>Most ranges in one <see cref="Ask"/>.</summary>
    public const int MaxAsk = 1_000;
}
