using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// <c>GET /api/street-lights</c>: every pole as <c>[id, latE6, lonE6, kind, state]</c>; state 0 unknown, 1 lit, 2 suspected
/// dark, 3 reported. Here and not with the assets, because what is known of a light is a site's belief.
/// </summary>
public static class ReadStreetLights
{
    private const int Unknown = 0;
    private const int Lit = 1;
    private const int Suspected = 2;
    private const int Reported = 3;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/street-lights", async (Database database, PoleIndex poles, SitesOptions options, CancellationToken cancel) =>
        {
            var states = (await database.ReadAsync(SiteStore.Lamps, cancel).ConfigureAwait(false)).ToDictionary(l => l.Pole, l => State(l, options));
            return TypedResults.Ok(new
            {
                poles = poles.All.Select(light => new object?[]
                {
                    light.Pole, Micro(light.At.Latitude), Micro(light.At.Longitude), light.Kind, states.GetValueOrDefault(light.Pole, Unknown),
                }),
            });
        }).RequirePermission("map.read").WithSummary("List street lights and their state, compactly");

    private static int State((string Pole, bool Supported, int For, int Against, double Belief) lamp, SitesOptions options) => lamp switch
    {
        { Supported: true } => Reported,
        { For: > 0 } when lamp.Belief > options.Prior => Suspected,
        { Against: > 0 } => Lit,
        _ => Unknown,
    };

    private static int Micro(double degrees) => (int)Math.Round(degrees * 1e6);
}
