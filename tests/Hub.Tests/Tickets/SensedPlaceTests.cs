using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Sites;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class SensedPlaceTests
{
    // Main St runs 200 m east, with traffic both ways: even numbers north of it, odd ones south. A St crosses at its middle.
    private static readonly StreetMap Streets = new(
        [
            Street("main", "Main St", (-100, 0), (100, 0)) with { Left = new HouseNumbers(2, 40), Right = new HouseNumbers(1, 41) },
            Street("a", "A St", (4, -100), (4, 100)),
        ],
        [],
        new StreetsOptions());

    private readonly Sample sample = new();

    [Theory]
    [InlineData(90, "21 Main St")]
    [InlineData(271, "22 Main St")]
    public async Task A_hole_is_on_the_side_and_the_street_that_vehicles_drove(double courseDeg, string expected)
    {
        await using var hub = TicketsHub.Start(s => s.AddSingleton(Streets));
        await hub.ApplyAsync(Shock("v1", 0, courseDeg), Shock("v2", 30, courseDeg + 3));
        await hub.ReactAsync();
        Assert.Equal(expected, (await hub.OnlyRequestAsync()).Address);
        Assert.Equal("main", await hub.Database.ReadAsync(c => Dapper.SqlMapper.QuerySingle<string>(c, "SELECT segment FROM requests"), default));
    }

    [Fact]
    public async Task Passes_both_ways_or_of_no_known_course_leave_it_to_the_place()
    {
        await using var both = TicketsHub.Start(s => s.AddSingleton(Streets));
        await both.ApplyAsync(Shock("v1", 0, 90), Shock("v2", 30, 270));
        await both.ReactAsync();
        await using var unknown = TicketsHub.Start(s => s.AddSingleton(Streets));
        await unknown.ApplyAsync(Shock("v1", 0, null), Shock("v2", 30, null));
        await unknown.ReactAsync();
        Assert.Equal("A St", (await both.OnlyRequestAsync()).Address);
        Assert.Equal("A St", (await unknown.OnlyRequestAsync()).Address);
    }

    // A metre beside the middle of A St, and a little north of that of Main St.
    private StoredRecord Shock(string vehicle, double minute, double? courseDeg)
    {
        var stored = sample.Shock(vehicle, minute, Sample.Origin.MovedByM(3, 1.5));
        return stored with { Record = stored.Record with { Shock = stored.Record.Shock! with { CourseDeg = courseDeg } } };
    }

    private static StreetSegment Street(string id, string name, (double E, double N) from, (double E, double N) to) =>
        new(id, name, 3, null, null, null, null, [Sample.Origin.MovedByM(from.E, from.N), Sample.Origin.MovedByM(to.E, to.N)]);
}
