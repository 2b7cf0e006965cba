using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>The services that sensors may feed, and the districts.</summary>
public sealed class SensorAreas(ServiceCatalogue catalogue, DistrictMap districts)
{
    /// <summary>Every service in every district; the last of each service is what lies in none.</summary>
    public IEnumerable<(string Service, string District, string? Name)> All() =>
        from service in catalogue.All
        where service.AllowSensor
        from district in districts.All.Select(d => (d.Id, (string?)d.Name)).Append(("", null))
        select (service.Code, district.Item1, district.Item2);

    /// <summary>The district of a place; empty for none.</summary>
    public string DistrictOf(GeoPoint at) => districts.Of(at)?.Id ?? "";
}
