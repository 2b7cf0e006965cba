using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// <c>GET /vehicle/v1/identity?trusts=…</c>: what a vehicle must know, asked about daily. That it asks with its certificate says
/// that the certificate has arrived: older ones are revoked then. What it trusts is kept for the take-over of an authority.
/// </summary>
internal static class ReadIdentity
{
    private const int MostTrusted = 8;
    private const int FingerprintLength = 64;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/vehicle/v1/identity", HandleAsync).ForVehicles(DoorEntry.Renewal);

    private static async Task<Results<Ok<IdentityAnswer>, ProblemHttpResult>> HandleAsync(
        string? trusts, HttpContext context, IdentityDesk desk, Database database, CancellationToken cancel)
    {
        if (!desk.IsReady) return TypedResults.Problem("the broker is not up yet: try again in a few seconds", statusCode: StatusCodes.Status503ServiceUnavailable);
        var standing = context.Standing();
        var said = (trusts ?? "").Split(',', MostTrusted + 1, StringSplitOptions.RemoveEmptyEntries);
        if (said.Length > MostTrusted || said.Any(t => t.Length != FingerprintLength || !t.All(char.IsAsciiHexDigitLower)))
            return TypedResults.Problem("trusts: expected SHA-256 fingerprints in hexadecimal, separated by commas", statusCode: StatusCodes.Status400BadRequest);
        await database.WriteAsync(scope =>
        {
            if (said.Length > 0) EnrolmentStore.KeepTrust(scope, standing.Vehicle, string.Join(',', said), standing.Serial);
            EnrolmentStore.RevokeOlder(scope, standing.Vehicle, standing.Serial);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        var shown = context.Features.Get<ITlsConnectionFeature>()!.ClientCertificate!;
        return TypedResults.Ok(desk.Answer(standing.Vehicle, null, desk.IsOfOlderAuthority(shown)));
    }
}
