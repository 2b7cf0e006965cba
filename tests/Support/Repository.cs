namespace ThreeOneOne.Field.Support;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The vehicle's program, as it was built in the configuration of the test that asks.</summary>
    /// <exception cref="FileNotFoundException">It was not.</exception>
    public static string AgentProgram
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            var program = Path.Combine(Root, "edge", "Agent", "bin", configuration, "net10.0", "field-agent.dll");
            return File.Exists(program) ? program : throw new FileNotFoundException($"{program} is not there: dotnet build edge/Agent -c {configuration}", program);
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ThreeOneOne.Field.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no ThreeOneOne.Field.sln above {AppContext.BaseDirectory}");
    }
}
