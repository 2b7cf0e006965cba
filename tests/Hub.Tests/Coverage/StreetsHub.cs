using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Coverage;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Coverage;

/// <summary>A city of three streets, each 200 m long and 500 m from the next, in two districts.</summary>
internal static class StreetsHub
{
    public const string First = "s1", Second = "s2", Third = "s3";

    public static GeoPoint On(string segment, double alongM) => Sample.Origin.MovedByM(alongM, segment switch { First => 0, Second => 500, _ => 1_000 });

    public static DomainHub Start(Action<IServiceCollection>? more = null) => new(services =>
    {
        services.AddSingleton(new StreetMap([Street(First), Street(Second), Street(Third)], [], new StreetsOptions()));
        services.AddSingleton(new DistrictMap([(new District("south", "South"), Square(-250, 250)), (new District("north", "North"), Square(250, 1_250))], 0));
        services.AddCoverage(new CoverageOptions());
        more?.Invoke(services);
    });

    private static StreetSegment Street(string id) => new(id, $"Street {id}", 3, null, null, null, null, [On(id, 0), On(id, 100), On(id, 200)]);

    private static IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> Square(double southM, double northM) =>
        [[[Sample.Origin.MovedByM(-500, southM), Sample.Origin.MovedByM(700, southM), Sample.Origin.MovedByM(700, northM), Sample.Origin.MovedByM(-500, northM)]]];
}
