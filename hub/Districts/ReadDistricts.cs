using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Districts;

/// <summary><c>GET /api/districts</c>: the areas that lists can be asked for.</summary>
public static class ReadDistricts
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/districts", List).RequirePermission("map.read")
        .WithSummary("List districts");

    private static Ok<View> List(DistrictMap map) => TypedResults.Ok(new View(map.All));

    public sealed record View(IReadOnlyList<District> Items);
}
