using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>
/// Reads a <see cref="StreetMap"/> from a city's files; property names as in Cambridge's open data (see Cities/). They are layers:
/// a row that cannot be used is told, and the others are used.
/// </summary>
public static class StreetFiles
{
    private const string Start = "start of the hub";

    /// <exception cref="InvalidDataException">A file is missing or unreadable, or none of its rows can be used.</exception>
    public static StreetMap Load(StreetsOptions options) => Read(options, TimeProvider.System).Map;

    /// <inheritdoc cref="Load"/>
    public static StreetLayers Read(StreetsOptions options, TimeProvider time)
    {
        var (segments, intersections) = (new ImportTally(), new ImportTally());
        var map = new StreetMap(
            Usable(options.CentrelinesFile, Segments(options.CentrelinesFile, segments), segments),
            Usable(options.IntersectionsFile, Intersections(options.IntersectionsFile, intersections), intersections), options);
        return new StreetLayers(map,
        [
            segments.Report("streets", options.CentrelinesFile, Start, time.GetUtcNow()),
            intersections.Report("intersections", options.IntersectionsFile, Start, time.GetUtcNow()),
        ]);
    }

    private static List<T> Usable<T>(string path, List<T> rows, ImportTally tally) => rows.Count > 0 || tally.Faults is not [var first, ..] ? rows
        : throw new InvalidDataException($"{CityFile.Beside(path)}: none of its {tally.Rejected} rows can be used; {first}");

    private static List<StreetSegment> Segments(string path, ImportTally tally)
    {
        var segments = new List<StreetSegment>();
        foreach (var row in CityFile.Layer(path))
        {
            var id = row.Text("ID");
            var fault = row.Fault
                ?? (id is null ? new RowFault(row.Line, null, RowReason.NoId, "ID is empty", "give each segment its own")
                : row.Text("Street") is null ? new RowFault(row.Line, id, RowReason.NoName, "Street is empty", "name it: without a name it gives no address")
                : row.Points.Count < 2 ? new RowFault(row.Line, id, RowReason.NoPlace, "it is no line of two points or more", "draw it as a LineString")
                : row.Points.Select(p => RowPlace.Check(row, id, p).Fault).FirstOrDefault(f => f is not null));
            if (fault is not null)
            {
                tally.Reject(fault);
                continue;
            }

            tally.Imported++;
            segments.Add(new StreetSegment(
                id!, row.Text("Street")!, row.Whole("MajorRoad") is 1 or 2 ? row.Whole("MajorRoad")!.Value : 3, row.Whole("FromNode"), row.Whole("ToNode"),
                Numbers(row, "L_From", "L_To"), Numbers(row, "R_From", "R_To"), row.Points) { OneWay = row.Text("Direction") switch { "1" => 1, "-1" => -1, _ => 0 } });
        }

        return segments;
    }

    private static List<(string, GeoPoint)> Intersections(string path, ImportTally tally)
    {
        var intersections = new List<(string, GeoPoint)>();
        foreach (var row in CityFile.Layer(path))
        {
            var name = row.Text("Intersection");
            if (row.Fault is null && name is null)
            {
                // Dead ends and city limits have none.
                tally.Skipped++;
                continue;
            }

            var (at, fault) = row.Fault is null ? RowPlace.Of(row, name, "lat", "lon") : (null, row.Fault);
            if (at is { } place)
            {
                tally.Imported++;
                intersections.Add((name!, place));
            }
            else
            {
                tally.Reject(fault!);
            }
        }

        return intersections;
    }

    // The city writes −1 (or nothing) where a side has no numbers.
    private static HouseNumbers? Numbers(FileRow row, string from, string to) =>
        row.Whole(from) is { } a and > 0 && row.Whole(to) is { } b and > 0 ? new HouseNumbers(a, b) : null;
}
