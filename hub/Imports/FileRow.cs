using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>One row of a city's file: a line of a table, or a feature with its properties and the points of one line or point.</summary>
public sealed class FileRow
{
    private readonly JsonElement properties;
    private readonly IReadOnlyDictionary<string, int>? columns;
    private readonly IReadOnlyList<string>? cells;

    private FileRow(long line, RowFault? fault) => (Line, Fault) = (line, fault);

    private FileRow(long line, JsonElement properties, string geometryType, JsonElement geometry, IReadOnlyList<GeoPoint> points)
        : this(line, null)
    {
        this.properties = properties;
        GeometryType = geometryType;
        Geometry = geometry;
        Points = points;
    }

    private FileRow(long line, IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> cells)
        : this(line, null)
    {
        this.columns = columns;
        this.cells = cells;
    }

    /// <summary>Where it begins in the file, from 1.</summary>
    public long Line { get; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public RowFault? Fault { get; }

    /// <summary>The feature's points, empty when it has none that are one point or line.</summary>
    public IReadOnlyList<GeoPoint> Points { get; } = [];

    /// <summary>As GeoJSON calls it; empty for a table, or when there is none.</summary>
    public string GeometryType { get; } = "";

    /// <summary>The feature's geometry as it stands in the file.</summary>
    public JsonElement Geometry { get; }

    /// <summary>It is a further line of the feature of the row before.</summary>
    public bool IsContinued { get; private init; }

    /// <summary>What the feature has beside its properties as its id; null when there is none, or of a table.</summary>
    public string? FeatureId { get; private init; }

    /// <summary>It is of a table, whose places are in columns.</summary>
    public bool IsTable => cells is not null;

    public static FileRow Bad(RowFault fault) => new(fault.Line, fault);

    public static FileRow Of(long line, JsonElement properties, string geometryType, JsonElement geometry, IReadOnlyList<GeoPoint> points, string? featureId, bool isContinued = false) =>
        new(line, properties, geometryType, geometry, points) { FeatureId = featureId, IsContinued = isContinued };

    public static FileRow Of(long line, IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> cells) => new(line, columns, cells);

    /// <summary>Whether a table has a column of this name; features say only what they have.</summary>
    public bool Has(string name) => columns?.ContainsKey(name) ?? true;

    /// <summary>
    /// What stands under a name, without blanks around it; null when nothing does. <c>a.b</c> is b of the object a, unless a property is called so.
    /// </summary>
    public string? Text(string name)
    {
        var text = cells is not null ? columns!.TryGetValue(name, out var at) ? cells[at] : null
            : Property(properties, name) is { } value ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    public double? Number(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>A number, also when the city wrote it as 1097.0 or as text.</summary>
    public int? Whole(string name) => Number(name) is { } value && Math.Abs(value) < int.MaxValue ? (int)value : null;

    private static JsonElement? Property(JsonElement of, string name)
    {
        if (of.ValueKind != JsonValueKind.Object) return null;
        if (of.TryGetProperty(name, out var value)) return value;
        return name.Split('.', 2) is [var head, var tail] && of.TryGetProperty(head, out var inner) ? Property(inner, tail) : null;
    }
}
