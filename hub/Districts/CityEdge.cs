using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Districts;

/// <summary>
/// Whether a place is the city's business: in or near one of its districts, or near its streets where it has no districts.
/// Immutable, so any thread may ask.
/// </summary>
public sealed class CityEdge(DistrictMap districts, StreetMap streets, DistrictsOptions options)
{
    /// <summary>How far outside the city and its margin a place is, metres beyond the city's edge; null inside.</summary>
    public double? OutsideM(GeoPoint at) =>
        (districts.All.Count > 0 ? districts.DistanceM(at) : streets.DistanceM(at)) is { } away && away > options.MarginM ? Math.Round(away) : null;

    public bool IsOutside(GeoPoint at) => OutsideM(at) is not null;

    /// <summary>What to tell whoever named such a place; null inside.</summary>
    public string? Fault(GeoPoint at)
    {
        if (OutsideM(at) is not { } away) return null;
        var swapped = new GeoPoint(at.Longitude, at.Latitude);
        return swapped.IsPlausible && !IsOutside(swapped)
            ? "the place lies outside the city, and inside with latitude and longitude exchanged: exchange them"
            : $"the place lies {Distance(away)} outside the city: name one in the city, or report it to the city that it lies in";
    }

    private static string Distance(double metres) => metres < 10_000
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{metres / 1_000:0.0} km")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{metres / 1_000:#,0} km");
}
