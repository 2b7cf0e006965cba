namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Names one record of a vehicle for ever.</summary>
/// <param name="Epoch">16 hex digits of the outbox that wrote it.</param>
/// <param name="Seq">Its number within the epoch, from 1.</param>
public readonly record struct RecordId(string Epoch, long Seq);
