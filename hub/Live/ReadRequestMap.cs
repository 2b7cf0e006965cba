using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary><c>GET /api/requests/map?bbox=west,south,east,north</c>: open requests in sight, however many the city has.</summary>
public static class ReadRequestMap
{
    private const int UsualMost = 1_000;
    private const int MostMost = 5_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/requests/map", Handle).RequirePermission("requests.read").WithSummary("Open requests in a rectangle, single or counted by cell");

    private static Results<Ok<MapSight>, ValidationProblem> Handle(RequestMap map, string? bbox = null, int? most = null)
    {
        var errors = new Dictionary<string, string[]>();
        var box = (bbox ?? "").Split(',').Select(t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d) ? d : (double?)null).ToList();
        if (box is not [{ } west, { } south, { } east, { } north] || west > east || south > north || west < -180 || east > 180 || south < -90 || north > 90)
        {
            errors["bbox"] = ["west,south,east,north in degrees, such as -71.16,42.35,-71.06,42.41"];
            (west, south, east, north) = (0, 0, 0, 0);
        }

        if (most is < 1 or > MostMost) errors["most"] = [$"1 to {MostMost}"];
        return errors.Count > 0
            ? TypedResults.ValidationProblem(errors)
            : TypedResults.Ok(map.In(new GeoPoint(south, west), new GeoPoint(north, east), most ?? UsualMost));
    }
}
