namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Records of one epoch that were taken to be sent. They stay on disk until acknowledged.</summary>
/// <param name="Epoch">Epoch of all of them.</param>
/// <param name="Seqs">Their sequence numbers.</param>
/// <param name="Records">Their bytes as stored.</param>
public sealed record OutboxBatch(string Epoch, IReadOnlyList<long> Seqs, IReadOnlyList<ReadOnlyMemory<byte>> Records);
