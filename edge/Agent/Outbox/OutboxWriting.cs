namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>How the outbox's writing goes.</summary>
/// <param name="Commits">Groups that became durable since the start.</param>
/// <param name="Waiting">Records that are not durable yet.</param>
public readonly record struct OutboxWriting(long Commits, int Waiting);
