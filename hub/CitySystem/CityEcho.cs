namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What the city's list has so far given back of our newest requests there: only what was seen often, and never otherwise, is relied on.</summary>
/// <param name="Rows">Requests of ours that were seen on the city's list.</param>
/// <param name="Markers">Those of them with our marker.</param>
/// <param name="Places">Those of them at the coordinates that we sent.</param>
public sealed record CityEcho(long Rows, long Markers, long Places)
{
    private const int Enough = 3;

    /// <summary>A row without our marker isn't ours.</summary>
    public bool KeepsMarkers => Rows >= Enough && Markers == Rows;

    /// <summary>A row at another place isn't ours.</summary>
    public bool KeepsPlaces => Rows >= Enough && Places == Rows;
}
