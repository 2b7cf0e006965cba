using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>How the city's inventory of street lights names what the hub needs: properties of features, or columns of a table.</summary>
public sealed class StreetLightColumns
{
    /// <summary>The pole's id, unique.</summary>
    [Required]
    public string Id { get; set; } = "PoleID";

    public string Owner { get; set; } = "Owner";

    /// <summary>Kind of fixture on screens.</summary>
    public string Kind { get; set; } = "Description";

    /// <summary>The city's code of the fixture.</summary>
    public string Fixture { get; set; } = "FixtureType";

    /// <summary>How many luminaires the pole has.</summary>
    public string Lamps { get; set; } = "NumLamps";

    /// <summary>Number of the neighbourhood.</summary>
    public string Neighbourhood { get; set; } = "Neighborhood";

    /// <summary>Degrees north, of a table.</summary>
    public string Latitude { get; set; } = "Latitude";

    /// <summary>Degrees east, of a table.</summary>
    public string Longitude { get; set; } = "Longitude";

    /// <summary>Words for a member, as options and addresses say it: <c>id</c>, <c>owner</c>, <c>kind</c> …</summary>
    public static readonly IReadOnlyList<string> Names = ["id", "owner", "kind", "fixture", "lamps", "neighbourhood", "lat", "lon"];

    /// <summary>These with what was said instead; a name that is null stays.</summary>
    public StreetLightColumns With(Func<string, string?> said) => new()
    {
        Id = said("id") ?? Id, Owner = said("owner") ?? Owner, Kind = said("kind") ?? Kind, Fixture = said("fixture") ?? Fixture, Lamps = said("lamps") ?? Lamps,
        Neighbourhood = said("neighbourhood") ?? Neighbourhood, Latitude = said("lat") ?? Latitude, Longitude = said("lon") ?? Longitude,
    };
}
