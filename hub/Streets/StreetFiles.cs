using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>Reads a <see cref="StreetMap"/> from a city's files; property names as in Cambridge's open data (see Cities/).</summary>
public static class StreetFiles
{
    /// <exception cref="InvalidDataException">A file is missing or unreadable.</exception>
    public static StreetMap Load(StreetsOptions options) =>
        new(Segments(options.CentrelinesFile), Intersections(options.IntersectionsFile), options);

    private static List<StreetSegment> Segments(string path) =>
        [.. GeoJsonFile.Read(path)
            .Where(f => f.Points.Count >= 2 && f.Text("ID") is not null && f.Text("Street") is not null)
            .Select(f => new StreetSegment(
                f.Text("ID")!,
                f.Text("Street")!,
                f.Whole("MajorRoad") is 1 or 2 ? f.Whole("MajorRoad")!.Value : 3,
                f.Whole("FromNode"),
                f.Whole("ToNode"),
                Numbers(f, "L_From", "L_To"),
                Numbers(f, "R_From", "R_To"),
                f.Points))];

    private static List<(string, GeoPoint)> Intersections(string path) =>
        [.. GeoJsonFile.Read(path)
            .Where(f => !string.IsNullOrWhiteSpace(f.Text("Intersection")))
            .Select(f => (f.Text("Intersection")!, f.Points[0]))];

    // The city writes −1 (or nothing) where a side has no numbers.
    private static HouseNumbers? Numbers(GeoJsonFeature feature, string from, string to) =>
        feature.Whole(from) is { } a and > 0 && feature.Whole(to) is { } b and > 0 ? new HouseNumbers(a, b) : null;
}
