namespace ThreeOneOne.Field.Wire;

/// <summary>A member of a crew.</summary>
/// <param name="Id">Pseudonym that only the city's own roster resolves.</param>
/// <param name="Pin">By what the member is known on a vehicle; null: by nothing yet.</param>
public sealed record ProfileMember(string Id, PinHash? Pin = null);
