using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.City;

/// <summary>The simulated city: its streets and street lights, read from the city's open layers.</summary>
public sealed class CityMap
{
    private readonly GridIndex<Pole> _poles = new(40);

    public CityMap(CityPlane plane, IReadOnlyList<StreetSegment> segments, IReadOnlyList<Pole> poles)
    {
        Plane = plane;
        Segments = segments;
        Graph = new StreetGraph(segments);
        Poles = poles;
        foreach (var pole in poles) _poles.Add(pole.At, pole);
    }

    public CityPlane Plane { get; }

    public IReadOnlyList<StreetSegment> Segments { get; }

    public StreetGraph Graph { get; }

    public IReadOnlyList<Pole> Poles { get; }

    public IEnumerable<(Pole Pole, double DistanceM)> PolesNear(Place at, double radiusM) => _poles.Within(at, radiusM);

    /// <summary>Reads <c>centerlines.geojson</c> and <c>street-lights.geojson</c> of a city's folder.</summary>
    /// <exception cref="SetupException">A file is missing, cannot be read or holds no feature that can be used.</exception>
    public static CityMap Load(string folder)
    {
        try
        {
            return Read(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            throw new SetupException($"The city folder {folder} cannot be used: its files are not the GeoJSON that was expected ({e.Message})", e);
        }
    }

    private static CityMap Read(string folder)
    {
        var lines = Features(Path.Combine(folder, "centerlines.geojson"));
        var first = lines.SelectMany(f => Lines(f)).SelectMany(l => l).FirstOrDefault();
        if (first == default) throw new SetupException($"The city folder {folder} cannot be used: its centerlines.geojson holds no line");
        var plane = new CityPlane(first);
        var segments = new List<StreetSegment>();
        foreach (var feature in lines)
        {
            foreach (var line in Lines(feature))
            {
                if (Segment(segments.Count, feature, line, plane) is { } segment) segments.Add(segment);
            }
        }

        var poles = Features(Path.Combine(folder, "street-lights.geojson"))
            .Select(f => ReadPole(f, plane)).OfType<Pole>().DistinctBy(p => p.Id).ToList();
        return new CityMap(plane, segments, poles);
    }

    private static StreetSegment? Segment(int index, JsonElement feature, List<GeoPoint> line, CityPlane plane)
    {
        var points = new List<Place>();
        foreach (var p in line.Select(plane.ToPlace))
        {
            if (points.Count == 0 || points[^1].DistanceTo(p) > 0.05) points.Add(p);
        }

        if (points.Count < 2) return null;
        var length = points.Zip(points.Skip(1), (a, b) => a.DistanceTo(b)).Sum();
        // The city's codes: 1 one way as digitised, -1 against it, 0 or none both ways.
        var direction = Text(feature, "Direction");
        return new StreetSegment(index, Text(feature, "ID") ?? $"segment-{index}", Text(feature, "Street") ?? "",
            points, length, direction != "-1", direction != "1", Text(feature, "MajorRoad") is "1" or "2");
    }

    private static Pole? ReadPole(JsonElement feature, CityPlane plane)
    {
        var id = Text(feature, "PoleID");
        if (string.IsNullOrWhiteSpace(id)) return null;
        // What says nothing, or none, is a pole with a lamp all the same: somebody entered it as a street light.
        var lamps = int.TryParse(Text(feature, "NumLamps"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 1;
        return new Pole(id, Text(feature, "Description") ?? "", plane.ToPlace(Point(feature.GetProperty("geometry").GetProperty("coordinates"))), lamps);
    }

    private static List<JsonElement> Features(string file)
    {
        if (!File.Exists(file)) throw new SetupException($"The city file {file} is missing, or its folder cannot be read");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(f => f.Clone())];
    }

    private static IEnumerable<List<GeoPoint>> Lines(JsonElement feature)
    {
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() switch
        {
            "LineString" => [Points(coordinates)],
            "MultiLineString" => coordinates.EnumerateArray().Select(Points),
            _ => [],
        };
    }

    private static List<GeoPoint> Points(JsonElement coordinates) => [.. coordinates.EnumerateArray().Select(Point)];

    private static GeoPoint Point(JsonElement c) => new(c[1].GetDouble(), c[0].GetDouble());

    private static string? Text(JsonElement feature, string name) =>
        feature.GetProperty("properties").TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
}
