namespace ThreeOneOne.Field.Wire.Tests;

public sealed class GeoPointTests
{
    private static readonly GeoPoint CityHall = new(42.36690, -71.10540);

    [Fact]
    public void A_degree_of_latitude_is_111_km() =>
        Assert.Equal(111_195, new GeoPoint(42, -71).DistanceMTo(new GeoPoint(43, -71)), 1.0);

    [Theory]
    [InlineData(100, 0, 90)]
    [InlineData(0, 100, 0)]
    [InlineData(-100, 0, 270)]
    [InlineData(0, -100, 180)]
    public void Moving_changes_distance_and_bearing_as_told(double east, double north, double bearing)
    {
        var moved = CityHall.MovedByM(east, north);

        Assert.Equal(100, CityHall.DistanceMTo(moved), 0.01);
        Assert.Equal(0, Math.Abs((CityHall.BearingDegTo(moved) - bearing + 540) % 360 - 180), 0.01);
        var (backEast, backNorth) = CityHall.OffsetMTo(moved);
        Assert.Equal(east, backEast, 0.01);
        Assert.Equal(north, backNorth, 0.01);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(91, 0)]
    [InlineData(0, -181)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void Implausible_places_are_known(double latitude, double longitude) =>
        Assert.False(new GeoPoint(latitude, longitude).IsPlausible);
}
