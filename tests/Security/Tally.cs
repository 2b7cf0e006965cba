namespace ThreeOneOne.Field.Security;

/// <summary>What became of an attack.</summary>
/// <param name="Tried">Times that it was tried.</param>
/// <param name="LetIn">Times that it had any of the effect it wanted.</param>
/// <param name="Crashed">Programs that ended, and answers that say that something broke.</param>
/// <param name="Note">For whoever reads the table.</param>
public sealed record Tally(int Tried, int LetIn, int Crashed, string Note = "");
