namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Programs of the machine that the demo starts.</summary>
public static class Tools
{
    // Where Debian puts servers, which is not on everybody's path.
    private const string Servers = "/usr/sbin";

    private static readonly (string Program, string Remedy)[] Needed =
    [
        ("setsid", "install the Debian package util-linux"),
        ("dotnet", "install .NET 10 and put it on the path"),
        ("mosquitto", "install the Debian package mosquitto (apt-get install mosquitto)"),
    ];

    /// <exception cref="SetupException">One is missing.</exception>
    public static void Check(string? path)
    {
        string[] folders = [.. (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), Servers];
        foreach (var (program, remedy) in Needed)
        {
            if (!folders.Any(f => File.Exists(Path.Combine(f, program)))) throw new SetupException($"The program {program} is not on this machine: {remedy}");
        }
    }
}
