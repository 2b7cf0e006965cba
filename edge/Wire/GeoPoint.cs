using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// A place on the WGS 84 ellipsoid, in degrees. Distances use the sphere of mean radius 6,371,008.8 m (IUGG),
/// good to 0.5 %, which is far below a receiver's own error at the distances the product compares.
/// </summary>
/// <param name="Latitude">Degrees north, −90 to 90.</param>
/// <param name="Longitude">Degrees east, −180 to 180.</param>
public readonly record struct GeoPoint(
    [property: JsonPropertyName("lat")] double Latitude,
    [property: JsonPropertyName("lon")] double Longitude)
{
    private const double EarthRadiusM = 6_371_008.8;

    /// <summary>
    /// True for a finite coordinate inside the WGS 84 range that is not the 0,0 which receivers without a fix report.
    /// </summary>
    [JsonIgnore]
    public bool IsPlausible =>
        double.IsFinite(Latitude) && double.IsFinite(Longitude)
        && Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180
        && (Math.Abs(Latitude) > 1e-6 || Math.Abs(Longitude) > 1e-6);

    /// <summary>Great-circle distance in metres (haversine).</summary>
    public double DistanceMTo(GeoPoint other)
    {
        var dLat = Radians(other.Latitude - Latitude);
        var dLon = Radians(other.Longitude - Longitude);
        var h = Math.Pow(Math.Sin(dLat / 2), 2)
            + Math.Cos(Radians(Latitude)) * Math.Cos(Radians(other.Latitude)) * Math.Pow(Math.Sin(dLon / 2), 2);
        return 2 * EarthRadiusM * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>Initial bearing to another place in degrees clockwise from true north, 0 to 360.</summary>
    public double BearingDegTo(GeoPoint other)
    {
        var lat1 = Radians(Latitude);
        var lat2 = Radians(other.Latitude);
        var dLon = Radians(other.Longitude - Longitude);
        var y = Math.Sin(dLon) * Math.Cos(lat2);
        var x = Math.Cos(lat1) * Math.Sin(lat2) - Math.Sin(lat1) * Math.Cos(lat2) * Math.Cos(dLon);
        return (Math.Atan2(y, x) * 180 / Math.PI + 360) % 360;
    }

    /// <summary>East and north offset of another place from this one, in metres, on the local tangent plane.</summary>
    public (double EastM, double NorthM) OffsetMTo(GeoPoint other) =>
        (Radians(other.Longitude - Longitude) * Math.Cos(Radians(Latitude)) * EarthRadiusM,
         Radians(other.Latitude - Latitude) * EarthRadiusM);

    /// <summary>The place that lies the given metres east and north of this one, on the local tangent plane.</summary>
    public GeoPoint MovedByM(double eastM, double northM) => new(
        Latitude + northM / EarthRadiusM * 180 / Math.PI,
        Longitude + eastM / (EarthRadiusM * Math.Cos(Radians(Latitude))) * 180 / Math.PI);

    /// <summary>The same place with six decimals (0.11 m), the resolution of the wire.</summary>
    public GeoPoint Rounded() => new(Math.Round(Latitude, 6), Math.Round(Longitude, 6));

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
