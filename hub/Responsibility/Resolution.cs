namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>Who answers for a request, and why.</summary>
/// <param name="Outcome">One of <see cref="Responsibility.Outcome"/>.</param>
/// <param name="Party">Id of the party; null for private property and triage.</param>
/// <param name="Because">Why, for people.</param>
public sealed record Resolution(string Outcome, string? Party, string Because);
