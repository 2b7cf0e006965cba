using System.Text;

namespace ThreeOneOne.Field.Wire.Tests;

internal static class WireSamples
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Samples");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static byte[] Read(string name) =>
        Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(Folder, name + ".json")).TrimEnd('\n'));
}
