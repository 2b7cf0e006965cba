namespace ThreeOneOne.Field.Bench;

/// <summary>What a benchmark is given.</summary>
/// <param name="Root">The checkout, whose Release builds are measured.</param>
/// <param name="Scratch">An empty folder on a real disk, removed afterwards.</param>
/// <param name="Options">Options by name, as given.</param>
/// <param name="Out">Where the table goes.</param>
public sealed record BenchContext(string Root, string Scratch, IReadOnlyDictionary<string, string> Options, TextWriter Out)
{
    public string HubProgram => Path.Combine(Root, "hub/bin/Release/net10.0/field-hub.dll");

    public string AgentProgram => Path.Combine(Root, "edge/Agent/bin/Release/net10.0/field-agent.dll");

    /// <summary>A whole number among the options.</summary>
    /// <exception cref="FormatException">It is there and no number of 1 or more.</exception>
    public int Number(string name, int fallback) =>
        !Options.TryGetValue(name, out var text) ? fallback
        : int.TryParse(text, out var value) && value >= 1 ? value
        : throw new FormatException($"--{name} '{text}': expected a whole number from 1");
}
