using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>The district and the length of every street segment. A segment lies where its middle point lies.</summary>
public sealed class SegmentDistricts
{
    private readonly Dictionary<string, Place> places;

    public SegmentDistricts(StreetMap streets, DistrictMap districts)
    {
        places = streets.All.ToDictionary(
            s => s.Id,
            s => new Place(s, districts.Of(s.Points[s.Points.Count / 2]), s.Points.Zip(s.Points.Skip(1), (a, b) => a.DistanceMTo(b)).Sum()),
            StringComparer.Ordinal);
    }

    public IReadOnlyCollection<Place> All => places.Values;

    public Place? Find(string segment) => places.GetValueOrDefault(segment);

    /// <param name="Segment">The centre-line.</param>
    /// <param name="District">Null where no district is.</param>
    /// <param name="LengthM">Length, metres.</param>
    public sealed record Place(StreetSegment Segment, District? District, double LengthM);
}
