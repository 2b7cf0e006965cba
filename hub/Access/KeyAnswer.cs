namespace ThreeOneOne.Field.Hub.Access;

/// <summary>What became of a key that was sent.</summary>
/// <param name="Actor">Whose it is; null when it is nobody's.</param>
/// <param name="Refusal">Why it does not open this; null when it does.</param>
/// <param name="WaitUntil">When to try again after too many wrong ones; null when there is nothing to wait for.</param>
public sealed record KeyAnswer(Actor? Actor, KeyRefusal? Refusal, DateTimeOffset? WaitUntil);
