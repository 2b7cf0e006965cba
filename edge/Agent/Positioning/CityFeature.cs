using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>One feature of a city layer: its properties as text and its points or lines.</summary>
internal sealed class CityFeature
{
    private readonly Dictionary<string, string> _properties;
    private readonly List<List<GeoPoint>> _lines;

    private CityFeature(Dictionary<string, string> properties, List<List<GeoPoint>> lines) => (_properties, _lines) = (properties, lines);

    public static CityFeature From(JsonElement feature)
    {
        var properties = new Dictionary<string, string>();
        if (feature.TryGetProperty("properties", out var bag) && bag.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in bag.EnumerateObject())
            {
                if (property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array))
                    properties[property.Name] = property.Value.ToString();
            }
        }

        var lines = new List<List<GeoPoint>>();
        if (feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind == JsonValueKind.Object)
        {
            var coordinates = geometry.GetProperty("coordinates");
            switch (geometry.GetProperty("type").GetString())
            {
                case "Point": lines.Add([Place(coordinates)]); break;
                case "LineString": lines.Add([.. coordinates.EnumerateArray().Select(Place)]); break;
                case "MultiLineString": lines.AddRange(coordinates.EnumerateArray().Select(l => l.EnumerateArray().Select(Place).ToList())); break;
            }
        }

        return new CityFeature(properties, lines);
    }

    public string? Text(string property) => _properties.TryGetValue(property, out var text) && text.Length > 0 ? text : null;

    /// <summary>The place of a Point feature.</summary>
    public GeoPoint? Point => _lines is [[var at]] ? at : null;

    public IReadOnlyList<IReadOnlyList<GeoPoint>> Lines() => _lines;

    private static GeoPoint Place(JsonElement pair) => new(pair[1].GetDouble(), pair[0].GetDouble());
}
