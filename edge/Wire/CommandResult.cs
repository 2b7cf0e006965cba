namespace ThreeOneOne.Field.Wire;

/// <summary>What became of one <see cref="Command"/>; sent once for each command that reached the vehicle.</summary>
/// <param name="Id"><see cref="Command.Id"/>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">For a person; null when there is nothing to say.</param>
public sealed record CommandResult(string Id, CommandOutcome Outcome, string? Detail = null);
