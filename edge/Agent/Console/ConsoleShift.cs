using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>The shift as the screen shows it.</summary>
/// <param name="State">off, on, break or callOut.</param>
/// <param name="Id">Shift id; null off shift.</param>
/// <param name="Crew">Crew id; null off shift.</param>
/// <param name="CrewName">As the hub calls it; null when it has not said.</param>
/// <param name="Members">Pseudonyms on board.</param>
/// <param name="Since">Sign-on, UTC.</param>
public sealed record ConsoleShift(ShiftState State, string? Id, string? Crew, string? CrewName, IReadOnlyList<string> Members, DateTimeOffset? Since);
