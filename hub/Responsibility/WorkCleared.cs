namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>Crews may be sent to a request.</summary>
/// <param name="Number">The request.</param>
/// <param name="Party">Whose crews: the city's department or a contractor, by the id in the city's rules.</param>
/// <param name="Contractor">True when the party is a contractor.</param>
public sealed record WorkCleared(string Number, string Party, bool Contractor);
