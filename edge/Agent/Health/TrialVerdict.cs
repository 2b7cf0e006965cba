namespace ThreeOneOne.Field.Agent.Health;

/// <summary>What a trial says.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Reason">What lacks, in words for a technician; null when nothing does.</param>
public sealed record TrialVerdict(TrialState State, string? Reason = null);
