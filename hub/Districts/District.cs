namespace ThreeOneOne.Field.Hub.Districts;

/// <summary>An area of the city that work is divided by.</summary>
/// <param name="Id">The city's id of it.</param>
/// <param name="Name">On screens.</param>
public sealed record District(string Id, string Name);
