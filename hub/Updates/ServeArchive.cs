using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Updates;

/// <summary><c>GET /vehicle/v1/updates/{sha256}</c>: an archive, from any byte on. It is no secret, and its hash is all that it is trusted by.</summary>
internal static class ServeArchive
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/vehicle/v1/updates/{sha256}", HandleAsync).ForVehicles();

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> HandleAsync(string sha256, Database database, UpdateFiles files, CancellationToken cancel)
    {
        if (!UpdateManifest.IsHash(sha256)) return TypedResults.NotFound();
        var known = await database.ReadAsync(c => UpdateStore.ByHash(c, sha256), cancel).ConfigureAwait(false);
        return known is null || !File.Exists(files.PathOf(sha256)) ? TypedResults.NotFound()
            : TypedResults.PhysicalFile(files.PathOf(sha256), "application/octet-stream", enableRangeProcessing: true);
    }
}
