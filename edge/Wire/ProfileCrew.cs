namespace ThreeOneOne.Field.Wire;

/// <summary>A crew that may sign on.</summary>
/// <param name="Id">Crew id.</param>
/// <param name="Name">On screens.</param>
/// <param name="Members">Who belongs to it; a crew none of whose members has a PIN signs on without.</param>
public sealed record ProfileCrew(string Id, string Name, ProfileMember[]? Members = null);
