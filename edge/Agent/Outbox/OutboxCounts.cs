namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>What waits for the hub.</summary>
/// <param name="Records">Records that the hub has not acknowledged.</param>
/// <param name="Actions">Crew actions and shift changes among them.</param>
/// <param name="Bytes">Their bytes on disk.</param>
/// <param name="DiskBytes">Bytes of the files that they are in.</param>
/// <param name="Refused">Records that were not accepted since the start, because the disk did not take them.</param>
/// <param name="Dropped">Records that were dropped since the start, because of the byte budget.</param>
public readonly record struct OutboxCounts(int Records, int Actions, long Bytes, long DiskBytes, long Refused, long Dropped);
