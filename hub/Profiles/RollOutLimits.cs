namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>When a roll-out goes on, and when it stops.</summary>
/// <param name="Soak">How long the vehicles of a stage must have it before the next stage opens.</param>
/// <param name="Silent">How long a vehicle may say nothing after its stage opened until it counts as unwell.</param>
/// <param name="MostUnwell">Largest share of unwell vehicles among those whose stage is open.</param>
public sealed record RollOutLimits(TimeSpan Soak, TimeSpan Silent, double MostUnwell);
