using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// <c>POST /vehicle/v1/enrolment</c>: spends a code and signs the request of the key that came with it. What the vehicle had
/// before is revoked. The same key may fetch the same certificate again for some minutes, nobody else may.
/// </summary>
internal static class TakeCode
{
    private const long MostBytes = 16 * 1024;
    private const string Refused = "the code is wrong, used or too old: ask for another";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/vehicle/v1/enrolment", HandleAsync).ForVehicles(DoorEntry.Anybody).WithMetadata(new RequestSizeLimitMetadata(MostBytes));

    private static async Task<IResult> HandleAsync(
        Request request, HttpContext context, CodeLimiter limiter, CertificateAuthority authority, VehicleRegistry registry, IdentityDesk desk, IdentityWatch watch, EnrolmentSteps steps,
        EnrolmentOptions options, Database database, TimeProvider time, ILogger<CertificateAuthority> log, CancellationToken cancel)
    {
        var address = context.Connection.RemoteIpAddress;
        if (limiter.Count(address) is { } until)
        {
            log.CodesClosed((address ?? IPAddress.None).ToString(), until);
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling((until - time.GetUtcNow()).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Problem(StatusCodes.Status429TooManyRequests, "too many wrong codes: try again later");
        }

        if (!EnrolmentCode.IsSecretText(request.Code))
        {
            log.CodeRefused((address ?? IPAddress.None).ToString());
            return Problem(StatusCodes.Status403Forbidden, Refused);
        }

        PublicKey key;
        try
        {
            key = CertificateAuthority.KeyOf(request.Csr);
        }
        catch (CryptographicException e)
        {
            limiter.Forgive(address);
            return Problem(StatusCodes.Status400BadRequest, $"expected a certificate request (PKCS#10, PEM): {e.Message}");
        }

        if (!desk.IsReady)
        {
            limiter.Forgive(address);
            return Problem(StatusCodes.Status503ServiceUnavailable, "the broker is not up yet: try again in a few seconds");
        }

        var taken = await database.WriteAsync(scope => Take(scope, request, key, authority, options, steps), WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (taken.Pem is null)
        {
            // Whoever has a good code that is for another vehicle guessed nothing.
            if (taken.Status == StatusCodes.Status409Conflict) limiter.Forgive(address);
            else log.CodeRefused((address ?? IPAddress.None).ToString());
            return Problem(taken.Status, taken.Fault!);
        }

        limiter.Forgive(address);
        if (registry.Find(taken.Vehicle) is null) await registry.RefreshAsync(cancel).ConfigureAwait(false);
        log.Enrolled(taken.Vehicle, taken.Serial, taken.NotAfter);
        // The broker knows the vehicle, and what it had before is worth nothing, when the answer arrives.
        await watch.ApplyAsync(cancel).ConfigureAwait(false);
        return TypedResults.Ok(desk.Answer(taken.Vehicle, taken.Pem, renew: false));
    }

    private static Taken Take(WriteScope scope, Request request, PublicKey key, CertificateAuthority authority, EnrolmentOptions options, EnrolmentSteps steps)
    {
        var hash = EnrolmentCode.HashOf(request.Code);
        var now = scope.Now.ToUnixTimeMilliseconds();
        if (EnrolmentStore.FindCode(scope, hash) is not { } code) return new Taken(StatusCodes.Status403Forbidden, Refused);
        var keyHash = AuthorityGeneration.HashOf(key);
        if (code.SpentMs is { } spent)
        {
            var issued = EnrolmentStore.Find(scope, code.Serial ?? "");
            return issued is { RevokedMs: null } && issued.KeyHash == keyHash && now - spent <= options.RefetchMinutes * 60_000L
                ? new Taken(StatusCodes.Status200OK, null, code.Vehicle, issued.Pem, issued.Serial, DateTimeOffset.FromUnixTimeMilliseconds(issued.NotAfterMs))
                : new Taken(StatusCodes.Status403Forbidden, Refused);
        }

        if (code.ExpiresMs <= now) return new Taken(StatusCodes.Status403Forbidden, Refused);
        if (request.Vehicle is { Length: > 0 } was && was != code.Vehicle)
            return new Taken(StatusCodes.Status409Conflict, $"this computer holds the records of another vehicle, and the code is for {code.Vehicle}: ask for a code for the vehicle that it is");
        var certificate = authority.Sign(request.Csr, code.Vehicle);
        EnrolmentStore.Add(scope, code.Vehicle, certificate, "code");
        EnrolmentStore.SpendCode(scope, hash, certificate.Serial);
        EnrolmentStore.Revoke(scope, code.Vehicle, "replaced by enrolment", except: certificate.Serial);
        steps.Enrolled(scope, code.Vehicle);
        EnrolmentStore.Changed(scope);
        Audit.Write(scope, Actor.Nobody, "vehicle.enrol", code.Vehicle, $"by code, serial {certificate.Serial}, until {certificate.NotAfter:yyyy-MM-dd}");
        return new Taken(StatusCodes.Status200OK, null, code.Vehicle, certificate.Pem, certificate.Serial, certificate.NotAfter);
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <param name="Code">The secret part of the code.</param>
    /// <param name="Csr">PKCS#10 request, PEM.</param>
    /// <param name="Vehicle">Which vehicle the computer was before; null for a blank one.</param>
    internal sealed record Request(string Code, string Csr, string? Vehicle = null)
    {
        /// <summary>Never the code.</summary>
        public override string ToString() => "enrolment request";
    }

    private sealed record Taken(int Status, string? Fault, string Vehicle = "", string? Pem = null, string Serial = "", DateTimeOffset NotAfter = default);
}
