namespace ThreeOneOne.Field.Link;

/// <summary>A change of the connection.</summary>
/// <param name="Connected">True: the broker accepted the session and subscriptions are in place.</param>
/// <param name="SessionPresent">True: the broker still had the session's queue.</param>
/// <param name="Reason">Why it was lost or refused, for a person; null when connected.</param>
public sealed record LinkEvent(bool Connected, bool SessionPresent, string? Reason);
