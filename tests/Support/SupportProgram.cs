namespace ThreeOneOne.Field.Support;

/// <summary>This project as a process of its own.</summary>
public static class SupportProgram
{
    /// <summary>Drains a topic into a file, one payload a line, acknowledging after each commit.</summary>
    /// <param name="port">The broker's.</param>
    /// <param name="topic">What it reads.</param>
    /// <param name="file">Where it writes.</param>
    /// <param name="most">After so many rows it stands still, with what it committed last not acknowledged: whoever kills it comes in time.</param>
    public static ServerProcess Consume(int port, string topic, string file, int most = int.MaxValue) => Start("consume", $"{port}", topic, file, $"{most}");

    /// <summary>Holds a session whose last will goes to <paramref name="willTopic"/>; prints "connected".</summary>
    public static ServerProcess Hold(int port, string willTopic) => Start("hold", $"{port}", willTopic);

    private static ServerProcess Start(params string[] arguments) => ServerProcess.Run(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(SupportProgram).Assembly.Location, .. arguments]);
}
