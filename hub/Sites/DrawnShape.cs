using System.Globalization;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// What somebody drew on a map: lines or areas, as GeoJSON geometry (RFC 7946) in WGS 84. Equal when drawn alike to a tenth of a metre.
/// </summary>
public sealed class DrawnShape : IEquatable<DrawnShape>
{
    /// <summary>Corners of one shape, at the most.</summary>
    public const int MostPoints = 2_000;

    /// <summary>Cells of <see cref="Grid.Coarse"/> that one shape touches, at the most: some 100 km of line, or 4 square kilometres.</summary>
    public const int MostCells = 2_048;

    // Cells of the rectangles around its parts, all together: a line of 14 km by 10 km.
    private const int MostAround = 65_536;
    private const int Decimals = 6;

    private readonly GeoPoint origin;
    private readonly Geometry geometry;
    private readonly List<Part> parts;
    private readonly Lazy<IReadOnlyList<long>?> cells;

    private DrawnShape(JsonElement drawn)
    {
        parts = Parts(drawn);
        var points = parts.SelectMany(p => p.Rings).SelectMany(r => r).ToList();
        if (points.Count > MostPoints) throw new InvalidDataException($"it has {points.Count} corners, {MostPoints} at the most: simplify it, or divide it");
        if (points.FindIndex(p => !p.IsPlausible) is var strange and >= 0)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{points[strange].Longitude}, {points[strange].Latitude} is no WGS 84 longitude and latitude: export it in WGS 84 (EPSG:4326)"));
        origin = points[0];
        geometry = new GeometryCollection([.. parts.Select(Build)]);
        Text = Write(parts);
        cells = new Lazy<IReadOnlyList<long>?>(FindCells);
    }

    /// <summary>As GeoJSON geometry, always written the same way.</summary>
    public string Text { get; }

    /// <summary>A place on it.</summary>
    public GeoPoint Middle => origin.MovedByM(geometry.InteriorPoint.X, geometry.InteriorPoint.Y).Rounded();

    /// <exception cref="InvalidDataException">It is no line and no area that can be kept; says why and what to do.</exception>
    public static DrawnShape Of(JsonElement geometry)
    {
        try
        {
            return new DrawnShape(geometry);
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException("its coordinates are no lines or rings of [longitude, latitude]: export the layer again as GeoJSON (RFC 7946)", e);
        }
    }

    /// <summary>One that was kept by its <see cref="Text"/>.</summary>
    public static DrawnShape Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return Of(json.RootElement);
    }

    /// <returns>Metres to the nearest of it; 0 in an area.</returns>
    public double DistanceM(GeoPoint at) => geometry.Distance(new Point(Local(at)));

    /// <summary>The cells of <see cref="Grid.Coarse"/> that it touches; null when there are more than <see cref="MostCells"/>.</summary>
    public IReadOnlyList<long>? Cells => cells.Value;

    public bool Equals(DrawnShape? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as DrawnShape);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private static List<Part> Parts(JsonElement drawn)
    {
        var coordinates = drawn.GetProperty("coordinates");
        List<Part> parts = drawn.GetProperty("type").GetString() switch
        {
            // Of works whose line nobody drew, the road between their ends: beginning and end, in that order.
            "LineString" or "MultiPoint" => [new Part([Line(coordinates)], IsArea: false)],
            "MultiLineString" => [.. coordinates.EnumerateArray().Select(line => new Part([Line(line)], IsArea: false))],
            "Polygon" => [new Part(Rings(coordinates), IsArea: true)],
            "MultiPolygon" => [.. coordinates.EnumerateArray().Select(rings => new Part(Rings(rings), IsArea: true))],
            var type => throw new InvalidDataException($"it is drawn as a {type}: draw it as a LineString or a Polygon"),
        };
        return parts.Count > 0 ? parts : throw new InvalidDataException("nothing is drawn: draw it as a LineString or a Polygon");
    }

    // Closed, as GeoJSON has it, also where a file left that out.
    private static GeoPoint[][] Rings(JsonElement rings) => [.. rings.EnumerateArray().Select(Line).Select(ring => ring.Length > 0 && ring[0] != ring[^1] ? [.. ring, ring[0]] : ring)];

    private static GeoPoint[] Line(JsonElement points) => [.. points.EnumerateArray().Select(p => new GeoPoint(
        Math.Round(p[1].GetDouble(), Decimals), Math.Round(p[0].GetDouble(), Decimals)))];

    private static string Write(List<Part> parts)
    {
        var isArea = parts[0].IsArea;
        var written = parts.Select(p => isArea ? $"[{string.Join(',', p.Rings.Select(Write))}]" : Write(p.Rings[0])).ToList();
        return $$"""{"type":"{{(written.Count > 1 ? "Multi" : "")}}{{(isArea ? "Polygon" : "LineString")}}","coordinates":{{(written.Count > 1 ? $"[{string.Join(',', written)}]" : written[0])}}}""";
    }

    private static string Write(IReadOnlyList<GeoPoint> points)
    {
        var text = new StringBuilder("[");
        foreach (var point in points) text.Append(text.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"[{point.Longitude},{point.Latitude}]");
        return text.Append(']').ToString();
    }

    private List<long>? FindCells()
    {
        var (touched, looked) = (new SortedSet<long>(), 0);
        for (var i = 0; i < parts.Count; i++)
        {
            var outline = parts[i].Rings[0];
            var around = Grid.Between(
                new GeoPoint(outline.Min(p => p.Latitude), outline.Min(p => p.Longitude)), new GeoPoint(outline.Max(p => p.Latitude), outline.Max(p => p.Longitude)), Grid.Coarse, MostAround);
            if (around.Length == 0 || (looked += around.Length) > MostAround) return null;
            var prepared = PreparedGeometryFactory.Prepare(geometry.GetGeometryN(i));
            touched.UnionWith(around.Where(cell => prepared.Intersects(Rectangle(cell))));
            if (touched.Count > MostCells) return null;
        }

        return [.. touched];
    }

    private Geometry Build(Part part)
    {
        if (!part.IsArea) return new LineString([.. part.Rings[0].Select(Local)]);
        var polygon = new Polygon(Ring(part.Rings[0]), [.. part.Rings.Skip(1).Select(Ring)]);
        return polygon.IsValid ? polygon : throw new InvalidDataException("the line around the area crosses itself: draw it again");
    }

    private LinearRing Ring(GeoPoint[] points) => new([.. points.Select(Local)]);

    private Polygon Rectangle(long cell)
    {
        var (a, b) = Grid.Corners(cell, Grid.Coarse);
        return new Polygon(new LinearRing(
            [Local(a), Local(new GeoPoint(a.Latitude, b.Longitude)), Local(b), Local(new GeoPoint(b.Latitude, a.Longitude)), Local(a)]));
    }

    // On the tangent plane, so that distances are metres.
    private Coordinate Local(GeoPoint at)
    {
        var (east, north) = origin.OffsetMTo(at);
        return new Coordinate(east, north);
    }

    private sealed record Part(GeoPoint[][] Rings, bool IsArea);
}
