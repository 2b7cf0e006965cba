using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary><c>GET /api/sites</c> (figures and supported sites) and <c>GET /api/sites/{id}</c> (with its evidence).</summary>
public static class ReadSites
{
    private const int Most = 5_000;
    private const int MostEvidence = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/sites", async (
            Database database, IngestStore ingest, RoadStructureIndex structures, SitesOptions options, CancellationToken cancel) => TypedResults.Ok(await database.ReadAsync(c => new
        {
            // Ingest counted them as they came; counting rows would read all of them.
            figures = SiteStore.Figures(c) with
            {
                Observations = ingest.Counts(c).GetValueOrDefault(IngestCounts.Observations), WithoutPole = ObservationStore.WithoutPole(c),
            },
            items = SiteStore.Supported(c, Most).Select(s => View(s, structures, options)).ToList(),
        }, cancel).ConfigureAwait(false))).RequirePermission("requests.read").WithSummary("List sites that evidence supports, with figures");

        // Pole ids are the city's and may hold any character.
        routes.MapGet("/api/sites/{**id}", async Task<Results<Ok<object>, ProblemHttpResult>> (
            string id, Database database, RoadStructureIndex structures, SitesOptions options, CancellationToken cancel) =>
        {
            var found = await database.ReadAsync(
                c => SiteStore.Find(c, id) is { } site ? (object)new { site = View(site, structures, options), evidence = SiteEvidence.Read(c, [id], MostEvidence, structures, options) } : null, cancel).ConfigureAwait(false);
            return found is null
                ? TypedResults.Problem($"no site has the id '{id}': GET /api/sites lists those that evidence supports", statusCode: StatusCodes.Status404NotFound)
                : TypedResults.Ok(found);
        }).RequirePermission("requests.read").WithSummary("Read a site with its evidence");
    }

    private static object View(Site site, RoadStructureIndex structures, SitesOptions options) => new
    {
        site.Id, site.Kind, site.Pole, Lat = site.At.Latitude, Lon = site.At.Longitude, Belief = Math.Round(site.Belief, 3), site.Supported,
        EvidenceFor = site.For, EvidenceAgainst = site.Against, Severity = Math.Round(site.Severity, 2),
        First = DateTimeOffset.FromUnixTimeMilliseconds(site.FirstMs), Last = DateTimeOffset.FromUnixTimeMilliseconds(site.LastMs), site.Tipped,
        Structure = site.Kind == SiteKind.Pothole && SiteSources.Known(site.At, structures, options).Explains is { } on
            ? new { on.Layer, on.Id, Kind = on.Kind.ToString().ToLowerInvariant(), DistanceM = Math.Round(site.At.DistanceMTo(on.At), 1), Explains = !site.Supported } : null,
    };
}
