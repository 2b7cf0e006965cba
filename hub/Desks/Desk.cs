namespace ThreeOneOne.Field.Hub.Desks;

/// <summary>A desk of the office and who has it now.</summary>
/// <param name="Name">Made by its first take-over: "Lights", "Night".</param>
/// <param name="Holder">Who took it over last.</param>
/// <param name="Since">When.</param>
/// <param name="Notes">What was said at the hand-over.</param>
public sealed record Desk(string Name, string Holder, DateTimeOffset Since, string Notes);
