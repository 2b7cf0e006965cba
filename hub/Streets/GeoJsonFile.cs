using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>Reads the features of a city's GeoJSON layer (RFC 7946).</summary>
public static class GeoJsonFile
{
    /// <summary>Path as given when rooted, else beside the program.</summary>
    public static string Resolve(string path) => Path.IsPathRooted(path) ? path : Path.Combine(AppContext.BaseDirectory, path);

    /// <summary>Every feature that has a geometry.</summary>
    /// <exception cref="InvalidDataException">The file is missing or isn't a GeoJSON feature collection.</exception>
    public static IReadOnlyList<GeoJsonFeature> Read(string path)
    {
        var full = Resolve(path);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(full));
            return [.. document.RootElement.GetProperty("features").EnumerateArray()
                .Where(f => f.GetProperty("geometry").ValueKind == JsonValueKind.Object)
                .SelectMany(Features)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException or IOException)
        {
            throw new InvalidDataException($"{full} is not a readable GeoJSON feature collection: {e.Message}", e);
        }
    }

    private static IEnumerable<GeoJsonFeature> Features(JsonElement feature)
    {
        var properties = feature.GetProperty("properties").Clone();
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() switch
        {
            "Point" => [new GeoJsonFeature(properties, [Point(coordinates)])],
            "LineString" => [new GeoJsonFeature(properties, Line(coordinates))],
            "MultiLineString" => [.. coordinates.EnumerateArray().Select(line => new GeoJsonFeature(properties, Line(line)))],
            _ => [],
        };
    }

    private static GeoPoint[] Line(JsonElement coordinates) => [.. coordinates.EnumerateArray().Select(Point)];

    private static GeoPoint Point(JsonElement pair) => new(pair[1].GetDouble(), pair[0].GetDouble());
}
