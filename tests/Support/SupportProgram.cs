namespace ThreeOneOne.Field.Support;

/// <summary>This project as a process of its own.</summary>
public static class SupportProgram
{
    /// <summary>Drains a topic into a file, one payload a line, acknowledging after each commit.</summary>
    public static ServerProcess Consume(int port, string topic, string file) => Start("consume", $"{port}", topic, file);

    /// <summary>Holds a session whose last will goes to <paramref name="willTopic"/>; prints "connected".</summary>
    public static ServerProcess Hold(int port, string willTopic) => Start("hold", $"{port}", willTopic);

    private static ServerProcess Start(params string[] arguments) => ServerProcess.Run(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(SupportProgram).Assembly.Location, .. arguments]);
}
