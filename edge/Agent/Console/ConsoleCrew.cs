namespace ThreeOneOne.Field.Agent.Console;

/// <summary>A crew that may sign on here.</summary>
/// <param name="Id">Crew id.</param>
/// <param name="Name">On screens.</param>
/// <param name="Pin">True when one of its people must be known by PIN or badge.</param>
public sealed record ConsoleCrew(string Id, string Name, bool Pin);
