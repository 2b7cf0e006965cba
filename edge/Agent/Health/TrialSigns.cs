using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>What a trial looks at, of this run of the agent.</summary>
/// <param name="Connected">The broker is reached.</param>
/// <param name="Acknowledged">The hub acknowledged a record since the start.</param>
/// <param name="Committed">The outbox brought a record to the disk since the start.</param>
/// <param name="Sources">Health of each configured source by name.</param>
public sealed record TrialSigns(bool Connected, bool Acknowledged, bool Committed, IReadOnlyDictionary<string, SourceHealth> Sources)
{
    /// <summary>Names of the sources that give readings by themselves and do so now. What waits for a person proves nothing by silence.</summary>
    public IReadOnlyList<string> Working => [.. Sources.Where(s => s.Key is not ("button" or "lamp") && s.Value.State == SourceState.Ok).Select(s => s.Key).Order(StringComparer.Ordinal)];
}
