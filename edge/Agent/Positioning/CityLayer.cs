using System.Text.Json;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Reads the features of one GeoJSON layer (RFC 7946) of the city.</summary>
internal static class CityLayer
{
    /// <exception cref="InvalidDataException">The file cannot be opened or is no FeatureCollection.</exception>
    public static IReadOnlyList<CityFeature> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(CityFeature.From)];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{path}: expected a GeoJSON FeatureCollection: {e.Message}", e);
        }
    }
}
