using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>Which version runs.</summary>
public static class OwnVersion
{
    /// <summary>The version of the Debian package, as the launcher says it; null without a launcher.</summary>
    public static string? OfPackage => Environment.GetEnvironmentVariable("AGENT_PACKAGE_VERSION") is { } said && UpdateManifest.IsVersion(said) ? said : null;

    /// <summary>The folder's name when the program was started from the folder of versions, else the package's, else what it was built as.</summary>
    public static string Of(VersionsFolder folder) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) is var name && UpdateManifest.IsVersion(name)
            && Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) == Path.GetFullPath(folder.Path)
            ? name
            : OfPackage ?? typeof(OwnVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
