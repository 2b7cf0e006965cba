using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>A feature with the points of its one line, or its one point.</summary>
public sealed record GeoJsonFeature(JsonElement Properties, IReadOnlyList<GeoPoint> Points)
{
    public string? Text(string name) =>
        Properties.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    /// <summary>A number, also when the city wrote it as 1097.0 or as text.</summary>
    public int? Whole(string name) =>
        double.TryParse(Text(name), System.Globalization.CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < int.MaxValue
            ? (int)value
            : null;
}
