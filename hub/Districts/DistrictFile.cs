using System.Text.Json;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Districts;

/// <summary>
/// Reads a <see cref="DistrictMap"/> from polygons in GeoJSON (RFC 7946). Districts are rules: work is divided by them, so a mistake
/// in one stops the start, and all are named with their lines.
/// </summary>
public static class DistrictFile
{
    private const int FewestOfRing = 3;

    /// <exception cref="InvalidDataException">The file is missing or has something else in it.</exception>
    public static DistrictMap Load(DistrictsOptions options)
    {
        if (options.File.Length == 0) return new DistrictMap([], 0);
        var faults = new List<RowFault>();
        var found = new List<(District District, IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> Polygons)>();
        try
        {
            foreach (var row in CityFile.Layer(options.File))
            {
                var (district, fault) = Read(row, options);
                if (fault is null && found.Exists(d => d.District.Id == district!.Value.District.Id))
                    fault = new RowFault(row.Line, district!.Value.District.Id, RowReason.Twice, $"two districts have the id '{district.Value.District.Id}'", "give each its own");
                if (fault is null) found.Add(district!.Value);
                else faults.Add(fault);
            }
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{e.Message} (Districts:File)", e);
        }

        if (faults.Count > 0)
            throw new InvalidDataException($"{CityFile.Beside(options.File)} is no usable map of districts (Districts:File):\n{string.Join('\n', faults)}");
        return new DistrictMap(found, options.ReachM);
    }

    private static ((District District, IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> Polygons)? District, RowFault? Fault) Read(FileRow row, DistrictsOptions options)
    {
        if (row.Fault is not null) return (null, row.Fault);
        var (id, name) = (row.Text(options.IdProperty), row.Text(options.NameProperty));
        RowFault Fault(string reason, string cause, string remedy) => new(row.Line, id, reason, cause, remedy);
        if (id is null) return (null, Fault(RowReason.NoId, $"a district without '{options.IdProperty}'", "give it its id, or set Districts:IdProperty"));
        if (name is null) return (null, Fault(RowReason.NoName, $"a district without '{options.NameProperty}'", "give it its name, or set Districts:NameProperty"));
        if (row.GeometryType is not ("Polygon" or "MultiPolygon")) return (null, Fault(RowReason.NoPlace, $"a district is a Polygon or a MultiPolygon, not a {(row.GeometryType is { Length: > 0 } type ? type : "place without a shape")}", "draw it as one"));
        try
        {
            var coordinates = row.Geometry.GetProperty("coordinates");
            IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> polygons = row.GeometryType == "Polygon" ? [Rings(coordinates)] : [.. coordinates.EnumerateArray().Select(Rings)];
            if (polygons.SelectMany(p => p).SelectMany(r => r).Select(p => RowPlace.Check(row, id, p).Fault).FirstOrDefault(f => f is not null) is { } strange) return (null, strange);
            return polygons.Count == 0 || polygons.Any(p => p.Count == 0 || p.Any(r => r.Count < FewestOfRing))
                ? (null, Fault(RowReason.NoPlace, "one of its rings has fewer than three points", "draw it as a closed ring"))
                : ((new District(id, name), polygons), null);
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or FormatException or KeyNotFoundException)
        {
            return (null, Fault(RowReason.NoPlace, "its coordinates are no rings of [longitude, latitude]", "export the layer again as GeoJSON (RFC 7946)"));
        }
    }

    private static IReadOnlyList<IReadOnlyList<GeoPoint>> Rings(JsonElement rings) =>
        [.. rings.EnumerateArray().Select(ring => (IReadOnlyList<GeoPoint>)[.. ring.EnumerateArray().Select(p => new GeoPoint(p[1].GetDouble(), p[0].GetDouble()))])];
}
