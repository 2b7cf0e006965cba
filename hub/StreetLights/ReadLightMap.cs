using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// <c>GET /api/street-lights</c>: every pole of the inventory as <c>[id, latE6, lonE6, kind, state]</c>, for a map; the state is the number of
/// <see cref="PoleState"/>.
/// </summary>
public static class ReadLightMap
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/street-lights", async (Database database, PoleIndex poles, CancellationToken cancel) =>
        {
            var states = await database.ReadAsync(StreetLightStore.States, cancel).ConfigureAwait(false);
            return TypedResults.Ok(new
            {
                poles = poles.All.Select(light => new object?[]
                {
                    light.Pole, Micro(light.At.Latitude), Micro(light.At.Longitude), light.Kind, (int)states.GetValueOrDefault(light.Pole),
                }),
            });
        }).RequirePermission("map.read").WithSummary("List street lights and their state, compactly");

    private static int Micro(double degrees) => (int)Math.Round(degrees * 1e6);
}
