namespace ThreeOneOne.Field.FaultLab;

/// <summary>Where everything is: the programs, and the run's own folder.</summary>
/// <param name="Root">The run's folder; kept when the run fails.</param>
/// <param name="Hub">field-hub.dll.</param>
/// <param name="Agent">field-agent.dll.</param>
/// <param name="City">Folder of the city's street lights and centre lines.</param>
/// <param name="Shim">The compiled shim.</param>
internal sealed record LabFolder(string Root, string Hub, string Agent, string City, string Shim)
{
    public const string Jurisdiction = "cambridge-ma";

    /// <summary>The dotnet that runs this: a wrapper before it would swallow LD_PRELOAD.</summary>
    public static string Dotnet { get; } = Environment.ProcessPath ?? "dotnet";

    public string HubData => Path.Combine(Root, "hub");

    public string HubNotes => Path.Combine(Root, "hub-notes");

    public string Children => Path.Combine(Root, "children.jsonl");

    public string Vehicle(string id) => Directory.CreateDirectory(Path.Combine(Root, id)).FullName;
}
