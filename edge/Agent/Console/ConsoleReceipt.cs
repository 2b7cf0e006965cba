namespace ThreeOneOne.Field.Agent.Console;

/// <summary>What a crew takes home from a shift: what this vehicle recorded, whether or not the hub has it yet.</summary>
/// <param name="Crew">Crew id.</param>
/// <param name="From">Sign-on, UTC.</param>
/// <param name="To">Sign-off, UTC.</param>
/// <param name="Actions">Actions that the screen called saved.</param>
public sealed record ConsoleReceipt(string Crew, DateTimeOffset From, DateTimeOffset? To, int Actions);
