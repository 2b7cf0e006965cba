namespace ThreeOneOne.Field.Hub.CitySystem;

/// <param name="Act">What happens to our request.</param>
/// <param name="TellStage">The city must hear how it stands here: it believes something else.</param>
/// <param name="What">For our history; null when there is nothing to tell.</param>
public sealed record MergeDecision(MergeAct Act, bool TellStage, string? What);
