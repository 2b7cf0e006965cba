namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>How a district stands in a path.</summary>
public static class AreaPath
{
    /// <summary>What lies in no district.</summary>
    public const string NoDistrict = "-";

    public static string District(string segment) => segment == NoDistrict ? "" : segment;
}
