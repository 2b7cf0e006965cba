using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.City;

/// <summary>
/// The tangent plane of a city: over its 10 km the error against the sphere stays below a few centimetres, so that
/// driving and physics can reckon in metres.
/// </summary>
public sealed class CityPlane(GeoPoint origin)
{
    public GeoPoint Origin { get; } = origin;

    private readonly double _kx = Math.Cos(origin.Latitude * Math.PI / 180);

    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;

    public Place ToPlace(GeoPoint at) => new(
        (at.Longitude - Origin.Longitude) * MetresPerDegree * _kx,
        (at.Latitude - Origin.Latitude) * MetresPerDegree);

    public GeoPoint ToGeo(Place at) => new(
        Origin.Latitude + at.Y / MetresPerDegree,
        Origin.Longitude + at.X / (MetresPerDegree * _kx));
}
