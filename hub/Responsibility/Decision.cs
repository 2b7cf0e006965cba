namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>Who answers for a request, as it stands.</summary>
/// <param name="Request">Number of the request.</param>
/// <param name="Outcome">One of <see cref="Responsibility.Outcome"/>.</param>
/// <param name="Party">Id of the party.</param>
/// <param name="Because">Why.</param>
/// <param name="DecidedBy">Name of the person, or the rule.</param>
/// <param name="ByRule">No person has decided it.</param>
/// <param name="DecidedAt">When.</param>
public sealed record Decision(string Request, string Outcome, string? Party, string Because, string DecidedBy, bool ByRule, DateTimeOffset DecidedAt);
