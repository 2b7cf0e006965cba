using ThreeOneOne.Field.Fleet;

namespace ThreeOneOne.Field.Security;

/// <summary>What the program was asked to do.</summary>
/// <param name="Messages">Fuzzed messages to each of agent, hub and Open311.</param>
/// <param name="Seed">Of everything that is chosen.</param>
/// <param name="Only">Rows whose name contains one of these; empty: all.</param>
/// <param name="Folder">The run's own folder.</param>
/// <param name="Hub">field-hub.dll.</param>
/// <param name="Agent">field-agent.dll.</param>
public sealed record SecurityOptions(int Messages, int Seed, IReadOnlyList<string> Only, string Folder, string Hub, string Agent)
{
    private static readonly string[] Known = ["messages", "seed", "only", "data", "hub", "agent"];

    /// <exception cref="FormatException">Something cannot be read.</exception>
    public static SecurityOptions Read(string[] arguments)
    {
        var given = new Arguments(arguments, Known);
        return new SecurityOptions(
            given.Number("messages", 100_000, 100, 10_000_000), given.Number("seed", 311), given.Optional("only")?.Split(',') ?? [],
            Path.GetFullPath(given.Text("data")), given.Text("hub"), given.Text("agent"));
    }
}
