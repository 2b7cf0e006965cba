namespace ThreeOneOne.Field.Wire;

/// <summary>What became of one <see cref="Command"/>; sent once for each command that reached the vehicle.</summary>
/// <param name="Id"><see cref="Command.Id"/>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">For a person; null when there is nothing to say.</param>
/// <param name="File">What it made, of type <see cref="AttachmentType.Bundle"/>, which follows on <see cref="Lane.File"/>; null for nothing.</param>
public sealed record CommandResult(string Id, CommandOutcome Outcome, string? Detail = null, AttachmentRef? File = null)
{
    /// <summary>Begins the <see cref="Detail"/> of a wipe that destroyed what it could, and not all.</summary>
    public const string WipedInPart = "wiped in part";
}
