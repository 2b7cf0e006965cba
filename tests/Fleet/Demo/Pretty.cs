using System.Text.Json;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>How the demo writes settings files: for people to read.</summary>
internal static class Pretty
{
    public static readonly JsonSerializerOptions Json = new() { WriteIndented = true };
}
