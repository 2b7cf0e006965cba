using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>What was appended so far.</summary>
/// <param name="Actions">Crew actions in the outbox's life; the difference of two is what a shift recorded.</param>
/// <param name="Chains">Where the chain of each epoch stands.</param>
public sealed record OutboxStanding(long Actions, ChainHead[] Chains);
