using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// <c>POST /vehicle/v1/certificate</c>: another certificate for a vehicle that shows the one it has, also one that ran out within
/// the grace. For the same key or a new one. The old certificate stays good until the new one is used.
/// </summary>
internal static class RenewCertificate
{
    private const long MostBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/vehicle/v1/certificate", HandleAsync).ForVehicles(DoorEntry.Renewal).WithMetadata(new RequestSizeLimitMetadata(MostBytes));

    private static async Task<IResult> HandleAsync(
        Request request, HttpContext context, CertificateAuthority authority, IdentityDesk desk, EnrolmentOptions options, Database database,
        ILogger<CertificateAuthority> log, CancellationToken cancel)
    {
        PublicKey key;
        try
        {
            key = CertificateAuthority.KeyOf(request.Csr);
        }
        catch (CryptographicException e)
        {
            return TypedResults.Problem($"expected a certificate request (PKCS#10, PEM): {e.Message}", statusCode: StatusCodes.Status400BadRequest);
        }

        if (!desk.IsReady) return TypedResults.Problem("the broker is not up yet: try again in a few seconds", statusCode: StatusCodes.Status503ServiceUnavailable);
        var standing = context.Standing();
        var pem = await database.WriteAsync(scope =>
        {
            // Revoked since the door was opened?
            if (EnrolmentStore.Find(scope, standing.Serial) is not { RevokedMs: null }) return null;
            // An answer that was lost is given again.
            var newest = EnrolmentStore.Newest(scope, standing.Vehicle, AuthorityGeneration.HashOf(key));
            if (newest is not null && newest.Serial != standing.Serial && newest.IssuedMs > scope.Now.AddHours(-1).ToUnixTimeMilliseconds()) return newest.Pem;
            if (EnrolmentStore.CountSince(scope, standing.Vehicle, scope.Now.AddHours(-1)) >= options.CertificatesPerHour) return "";
            var made = authority.Sign(request.Csr, standing.Vehicle);
            EnrolmentStore.Add(scope, standing.Vehicle, made, "renewal");
            Audit.Write(scope, Actor.Nobody, "vehicle.renew", standing.Vehicle, $"serial {made.Serial}, until {made.NotAfter:yyyy-MM-dd}");
            log.Enrolled(standing.Vehicle, made.Serial, made.NotAfter);
            return made.Pem;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return pem switch
        {
            null => TypedResults.Problem("the certificate is revoked: enrol the vehicle again", statusCode: StatusCodes.Status403Forbidden),
            "" => TypedResults.Problem("too many certificates for this vehicle in an hour: try again later", statusCode: StatusCodes.Status429TooManyRequests),
            _ => TypedResults.Ok(desk.Answer(standing.Vehicle, pem, renew: false)),
        };
    }

    internal sealed record Request(string Csr);
}
