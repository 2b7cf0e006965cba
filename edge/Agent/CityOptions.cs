namespace ThreeOneOne.Field.Agent;

/// <summary>The vehicle's copy of the city's map. Settings section <c>City</c>.</summary>
public sealed class CityOptions
{
    /// <summary>GeoJSON of street lights. Empty: lamps are not assessed.</summary>
    public string PolesFile { get; set; } = "";

    /// <summary>GeoJSON of street centre-lines. Required for vehicles without a crew, whose reports are cut to segments.</summary>
    public string StreetsFile { get; set; } = "";
}
