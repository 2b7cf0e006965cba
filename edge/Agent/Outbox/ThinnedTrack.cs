using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>One track in the place of several.</summary>
/// <param name="Of">Sequence numbers of those that it replaces, ascending.</param>
/// <param name="Record">The track, without a number.</param>
internal sealed record ThinnedTrack(IReadOnlyList<long> Of, WireRecord Record);
