namespace ThreeOneOne.Field.Fleet.City;

/// <summary>One piece of centre-line between two junctions.</summary>
/// <param name="Index">Number within the city, for seeds and arrays.</param>
/// <param name="Id">The city's own id.</param>
/// <param name="Street">Its name; empty for unnamed ways.</param>
/// <param name="Points">The centre-line as digitised, at least two points.</param>
/// <param name="LengthM">Length of the centre-line, metres.</param>
/// <param name="Forward">May be driven as digitised.</param>
/// <param name="Backward">May be driven against the digitised direction.</param>
/// <param name="Major">A major road: faster, busier, with shop lights.</param>
public sealed record StreetSegment(
    int Index, string Id, string Street, IReadOnlyList<Place> Points, double LengthM, bool Forward, bool Backward, bool Major)
{
    public bool OneWay => !(Forward && Backward);
}
