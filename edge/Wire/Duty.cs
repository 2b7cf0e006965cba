namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Who did something: the crew, its shift and the member, each separate from the vehicle and bounded in time by the
/// shift. <see cref="Member"/> is a pseudonym that only the city's own roster resolves.
/// </summary>
/// <param name="Shift">Id of the shift, made by the vehicle at sign-on.</param>
/// <param name="Crew">Id of the crew, from the hub's registry.</param>
/// <param name="Member">Pseudonymous id of the member who acted; null when the crew acted as one.</param>
public sealed record Duty(string Shift, string Crew, string? Member = null);
