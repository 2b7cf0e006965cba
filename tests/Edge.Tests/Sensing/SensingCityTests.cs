using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class SensingCityTests
{
    private static readonly string City = Path.Combine(AppContext.BaseDirectory, "Data", "city");

    [Fact]
    public void All_poles_of_the_city_that_carry_a_lamp_are_read() =>
        Assert.Equal(6113, SensingCity.Load(new CityOptions { PolesFile = Path.Combine(City, "street-lights.geojson") }).Poles!.Count);

    [Fact]
    public void All_streets_of_the_city_are_read() =>
        Assert.InRange(SensingCity.Load(new CityOptions { StreetsFile = Path.Combine(City, "centerlines.geojson") }).Streets!.Edges, 5_200, 5_300);
}
