using ThreeOneOne.Field.Hub.Rehearsal;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Rehearsal;

public sealed class ComparisonTests
{
    private static readonly GeoPoint Origin = new(42.37, -71.10);

    [Fact]
    public void Each_difference_has_its_name()
    {
        RehearsedRequest[] now =
        [
            Lamp("same"), Lamp("gone"), Lamp("falls", "open"), Lamp("stays", "withdrawn"), Hole("moves", 0), Hole("old name", 100),
        ];
        RehearsedRequest[] changed =
        [
            Lamp("same"), Lamp("come"), Lamp("falls", "withdrawn"), Lamp("stays", "open"), Hole("moves", 3), Hole("new name", 100),
        ];
        var pairs = Comparison.Of(now, changed, samePlaceM: 15);
        Assert.Equal(
            [
                ("come", Difference.Opened), ("falls", Difference.Withdrawn), ("gone", Difference.NotOpened), ("moves", Difference.Moved),
                ("new name", Difference.None), ("same", Difference.None), ("stays", Difference.Kept),
            ],
            pairs.Select(p => (p.Either.Pole ?? p.Either.Site!, p.Difference)).OrderBy(p => p.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public void A_neighbour_does_not_take_what_has_a_partner_of_its_own()
    {
        var pairs = Comparison.Of([Hole("a", 0), Hole("b", 6)], [Hole("b", 5.5)], samePlaceM: 15);
        Assert.Equal([("a", Difference.NotOpened), ("b", Difference.None)], pairs.Select(p => (p.Now!.Site!, p.Difference)).Order());
    }

    [Fact]
    public void Two_cases_at_one_pole_are_paired_one_by_one() =>
        Assert.Equal([Difference.None, Difference.NotOpened], Comparison.Of([Lamp("p"), Lamp("p")], [Lamp("p")], 15).Select(p => p.Difference).Order());

    private static RehearsedRequest Lamp(string pole, string status = "open") => new("26-000001", "street-light-out", status, pole, $"lamp:{pole}", Origin, null, default, 2, 0);

    private static RehearsedRequest Hole(string site, double eastM) => new("26-000001", "pothole", "open", null, site, Origin.MovedByM(eastM, 0), null, default, 2, 0);
}
