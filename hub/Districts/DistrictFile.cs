using System.Text.Json;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Districts;

/// <summary>Reads a <see cref="DistrictMap"/> from polygons in GeoJSON (RFC 7946).</summary>
public static class DistrictFile
{
    /// <exception cref="InvalidDataException">The file is missing or has something else in it.</exception>
    public static DistrictMap Load(DistrictsOptions options)
    {
        if (options.File.Length == 0) return new DistrictMap([], 0);
        var full = GeoJsonFile.Resolve(options.File);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(full));
            var found = document.RootElement.GetProperty("features").EnumerateArray().Select(f => Read(f, options)).ToList();
            if (found.GroupBy(d => d.District.Id).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new InvalidDataException($"two districts have the id '{twice.Key}'");
            return new DistrictMap(found, options.ReachM);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException
            or IOException or ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"{full} is no usable map of districts (Districts:File): {e.Message}", e);
        }
    }

    private static (District District, IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> Polygons) Read(JsonElement feature, DistrictsOptions options)
    {
        var properties = feature.GetProperty("properties");
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> polygons = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [Rings(coordinates)],
            "MultiPolygon" => [.. coordinates.EnumerateArray().Select(Rings)],
            var other => throw new InvalidDataException($"a district is a Polygon or a MultiPolygon, not a {other}"),
        };
        return (new District(Text(properties, options.IdProperty), Text(properties, options.NameProperty)), polygons);
    }

    private static string Text(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ToString() is { Length: > 0 } text ? text : throw new InvalidDataException($"a district without '{name}'");

    private static IReadOnlyList<IReadOnlyList<GeoPoint>> Rings(JsonElement rings) =>
        [.. rings.EnumerateArray().Select(ring => (IReadOnlyList<GeoPoint>)[.. ring.EnumerateArray().Select(p => new GeoPoint(p[1].GetDouble(), p[0].GetDouble()))])];
}
