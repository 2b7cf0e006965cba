namespace ThreeOneOne.Field.Support;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ThreeOneOne.Field.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no ThreeOneOne.Field.sln above {AppContext.BaseDirectory}");
    }
}
