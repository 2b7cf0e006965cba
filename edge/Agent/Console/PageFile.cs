namespace ThreeOneOne.Field.Agent.Console;

/// <summary>One file of the page.</summary>
/// <param name="Address">Path in the address: <c>/assets/main-1a2b.js</c>.</param>
/// <param name="Path">On the disk.</param>
/// <param name="Type">Media type.</param>
/// <param name="Lasts">Its name changes with its content: a browser may keep it.</param>
public sealed record PageFile(string Address, string Path, string Type, bool Lasts);
