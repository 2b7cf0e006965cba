using System.Globalization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>Whether a row's place can be one in WGS 84.</summary>
public static class RowPlace
{
    /// <returns>The place of a feature's one point, or of two columns of a table; else why there is none.</returns>
    public static (GeoPoint? At, RowFault? Fault) Of(FileRow row, string? id, string latitude, string longitude)
    {
        if (!row.IsTable)
        {
            return row.Points.Count == 1 ? Check(row, id, row.Points[0])
                : row.GeometryType.Length == 0 ? (null, new RowFault(row.Line, id, RowReason.NoPlace, "it has no geometry", "give it a point"))
                : (null, new RowFault(row.Line, id, RowReason.NoPlace, $"its geometry is a {row.GeometryType}", "give it a point"));
        }

        var (lat, lon) = (row.Text(latitude), row.Text(longitude));
        if (lat is null || lon is null) return (null, new RowFault(row.Line, id, RowReason.NoPlace, $"{(lat is null ? latitude : longitude)} is empty", "give it degrees north and east"));
        return row.Number(latitude) is { } north && row.Number(longitude) is { } east
            ? Check(row, id, new GeoPoint(north, east))
            : (null, new RowFault(row.Line, id, RowReason.NoPlace, $"{lat}, {lon} are no numbers", "write degrees with a point: 42.3736, -71.1097"));
    }

    /// <returns>The place, or why it is none.</returns>
    public static (GeoPoint? At, RowFault? Fault) Check(FileRow row, string? id, GeoPoint at)
    {
        if (at.IsPlausible) return (at, null);
        var text = string.Create(CultureInfo.InvariantCulture, $"{at.Latitude}, {at.Longitude}");
        return at is { Latitude: 0, Longitude: 0 } || (Math.Abs(at.Latitude) < 1 && Math.Abs(at.Longitude) < 1)
            ? (null, new RowFault(row.Line, id, RowReason.NoPlace, $"{text} is what stands for no place", "find out where it is"))
            : Math.Abs(at.Latitude) > 90 && Math.Abs(at.Longitude) <= 90 && Math.Abs(at.Latitude) <= 180
                ? (null, new RowFault(row.Line, id, RowReason.NotWgs84, $"latitude {at.Latitude.ToString(CultureInfo.InvariantCulture)} looks like a longitude", "exchange the two"))
                : (null, new RowFault(row.Line, id, RowReason.NotWgs84, $"{text} are no degrees", "export the file in WGS 84 (EPSG:4326), not in a state's metres or feet"));
    }
}
