using System.Globalization;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>The city's street lights by place.</summary>
public sealed class PoleIndex
{
    private readonly Pole[] _poles;
    private readonly CellGrid _grid;

    public PoleIndex(IEnumerable<Pole> poles)
    {
        _poles = [.. poles];
        _grid = new CellGrid(_poles.Length, i => (_poles[i].At, _poles[i].At));
    }

    public int Count => _poles.Length;

    /// <summary>Reads Point features with <c>PoleID</c>, <c>NumLamps</c> and <c>FixtureType</c>; poles that say 0 lamps are left out.</summary>
    /// <exception cref="InvalidDataException">Not a GeoJSON FeatureCollection.</exception>
    public static PoleIndex Load(string path) => new(
        from feature in CityLayer.Read(path)
        let id = feature.Text("PoleID")
        where id is not null && feature.Point is { IsPlausible: true }
        let lamps = int.TryParse(feature.Text("NumLamps"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : 1
        where lamps > 0
        // A few fixture types, thousands of poles.
        select new Pole(id, feature.Point!.Value, lamps, string.Intern(feature.Text("FixtureType") ?? "")));

    /// <summary>Poles within the distance, in no particular order.</summary>
    public IEnumerable<(Pole Pole, double DistanceM)> Near(GeoPoint at, double distanceM)
    {
        foreach (var i in _grid.Near(at, distanceM))
        {
            var distance = at.DistanceMTo(_poles[i].At);
            if (distance <= distanceM) yield return (_poles[i], distance);
        }
    }
}
