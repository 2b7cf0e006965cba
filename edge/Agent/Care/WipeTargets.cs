namespace ThreeOneOne.Field.Agent.Care;

/// <summary>What a wipe destroys, named in full, so that it can be finished without any setting being readable.</summary>
/// <param name="Files">Keys and certificates; one that is not there is no fault.</param>
/// <param name="Folders">Folders of which every file goes, like the identity's.</param>
/// <param name="Keep">Folders below the data folder that stay, like the program's versions.</param>
public sealed record WipeTargets(IReadOnlyList<string> Files, IReadOnlyList<string> Folders, IReadOnlyList<string> Keep);
