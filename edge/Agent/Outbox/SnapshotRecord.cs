using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>A record that waits, read from the files.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="StoredBytes">What it takes on disk.</param>
/// <param name="Json">As it is sent.</param>
public readonly record struct SnapshotRecord(RecordId Id, RecordKind Kind, int StoredBytes, ReadOnlyMemory<byte> Json);
