using System.Globalization;
using System.Reflection;

namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>When this program was built: no clock that shows an earlier time is right.</summary>
public static class PackageBuild
{
    /// <summary>
    /// From the assembly's metadata: SOURCE_DATE_EPOCH of the build, else the commit's date, else the day of the build.
    /// </summary>
    public static DateTimeOffset Time { get; } = DateTimeOffset.FromUnixTimeSeconds(long.Parse(
        typeof(PackageBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(m => m.Key == "BuildUnixSeconds").Value!,
        CultureInfo.InvariantCulture));
}
