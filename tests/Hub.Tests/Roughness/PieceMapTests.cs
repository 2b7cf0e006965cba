using ThreeOneOne.Field.Hub.Roughness;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Roughness;

public sealed class PieceMapTests
{
    private static readonly PieceMap Pieces = new(
        new StreetMap([new StreetSegment("s1", "Main St", 3, null, null, null, null, [At(0), At(130), At(260)])], [], new StreetsOptions()), new RoughnessOptions());

    [Fact]
    public void Parts_of_a_stretch_fall_on_the_pieces_that_they_were_driven_on()
    {
        var found = Pieces.Of(Stretch(At(60), At(110), [1, 2, 3, 4, 5]), Sample.Start).ToList();

        // 260 m are three pieces of 87 m; parts count where their middle is.
        Assert.Equal([0, 0, 0, 1, 1], found.Select(f => f.Piece.Index));
        Assert.All(found, f => Assert.True(f.Piece.Along));
        Assert.Equal([1.0, 2, 3, 4, 5], found.Select(f => f.Sums.Square));
        Assert.All(found, f => Assert.Equal(100, f.Sums.LengthDm));
    }

    [Fact]
    public void The_other_direction_is_another_lane() =>
        Assert.All(Pieces.Of(Stretch(At(110), At(60), [1, 2, 3, 4, 5]), Sample.Start), f => Assert.False(f.Piece.Along));

    [Fact]
    public void A_part_with_a_shock_is_of_no_piece() =>
        Assert.Equal(4, Pieces.Of(Stretch(At(60), At(110), [1, null, 3, 4, 5]), Sample.Start).Count());

    [Fact]
    public void Who_crosses_a_street_or_drives_beyond_its_end_or_round_a_corner_says_nothing_of_it()
    {
        Assert.Empty(Pieces.Of(Stretch(At(100).MovedByM(0, -20), At(100).MovedByM(0, 20), [1, 2, 3, 4]), Sample.Start));
        Assert.Empty(Pieces.Of(Stretch(At(262), At(312), [1, 2, 3, 4, 5]), Sample.Start));
        Assert.Empty(Pieces.Of(Stretch(At(60), At(110), [1, 2, 3, 4, 5]) with { LengthM = 70 }, Sample.Start));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    public void Nonsense_of_a_sensor_fills_no_sum(double value)
    {
        foreach (var (_, sums) in Pieces.Of(Stretch(At(60), At(110), [value, value]), Sample.Start)) Assert.InRange(sums.SquareSum, -2_000_000_000L, 2_000_000_000L);
        Assert.Empty(Pieces.Of(Stretch(At(60), At(110), [1, 2]) with { LengthM = value }, Sample.Start));
        Assert.Empty(Pieces.Of(Stretch(At(60), At(110), [1, 2]) with { SpeedMps = double.NaN }, Sample.Start));
    }

    [Fact]
    public void A_stretch_of_an_older_vehicle_has_no_parts() =>
        Assert.Empty(Pieces.Of(Stretch(At(60), At(110), []) with { Squares = null }, Sample.Start));

    [Theory]
    [InlineData("nonsense", "first line")]
    [InlineData("segment,piece,direction,iri_m_per_km\nother,0,along,2", "'other'")]
    [InlineData("segment,piece,direction,iri_m_per_km\ns1,3,along,2", "0 to 2")]
    [InlineData("segment,piece,direction,iri_m_per_km\ns1,0,north,2", "write along (as the segment is drawn) or against")]
    [InlineData("segment,piece,direction,iri_m_per_km\ns1,0,along,-2", "above 0")]
    [InlineData("segment,piece,direction,iri_m_per_km\ns1,0,along,2,5", "decimals are written with a point")]
    [InlineData("segment,piece,direction,iri_m_per_km\ns1,0,along,2\ns1,0,along,2", "twice")]
    public void A_profilers_file_says_which_line_cannot_be_used(string text, string why)
    {
        var streets = new StreetMap([new StreetSegment("s1", "Main St", 3, null, null, null, null, [At(0), At(260)])], [], new StreetsOptions());

        var fault = Assert.Throws<InvalidDataException>(() => ProfiledPieces.Read("iri.csv", text.Split('\n'), streets, Pieces));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.Contains("iri.csv, line", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profilers_file_that_is_not_there_is_named_with_its_setting_and_what_to_do()
    {
        var options = new RoughnessOptions { ProfiledFile = "/nowhere/iri.csv" };

        var fault = Assert.Throws<InvalidDataException>(() => ProfiledPieces.Load(options, new StreetMap([], [], new StreetsOptions())));

        Assert.Contains("Roughness:ProfiledFile /nowhere/iri.csv cannot be read", fault.Message, StringComparison.Ordinal);
        Assert.Contains("leave the setting empty", fault.Message, StringComparison.Ordinal);
    }

    private static GeoPoint At(double eastM) => Sample.Origin.MovedByM(eastM, 0);

    private static RoughnessObservation Stretch(GeoPoint from, GeoPoint to, double?[] squares) =>
        new() { From = from, To = to, LengthM = from.DistanceMTo(to), SpeedMps = 9, Squares = squares };
}
