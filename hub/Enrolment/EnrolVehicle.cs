using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// <c>POST /api/vehicles/{id}/certificate</c>: signs the certificate request that an installer made on the vehicle. The
/// private key never leaves the vehicle. Asking again issues again: a replaced card is enrolled like a new one.
/// </summary>
public static class EnrolVehicle
{
    private const int MostBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/vehicles/{id}/certificate", HandleAsync).RequirePermission("vehicles.enrol")
            .WithSummary("Sign a vehicle's certificate request");

    private static async Task<Results<Ok<Enrolled>, ProblemHttpResult>> HandleAsync(
        string id, HttpContext context, VehicleRegistry registry, CertificateAuthority authority, BrokerPlace broker, Database database, IdentityWatch watch, EnrolmentSteps steps,
        ILogger<CertificateAuthority> log)
    {
        if (registry.Find(id) is not { } vehicle) return Problem(StatusCodes.Status404NotFound, $"no vehicle '{id}' is registered: register it first with POST /api/vehicles");
        if (broker.Current is not { } place) return Problem(StatusCodes.Status503ServiceUnavailable, "the broker is not up yet: try again in a few seconds");
        IssuedCertificate certificate;
        try
        {
            certificate = authority.Sign(await ReadAsync(context.Request).ConfigureAwait(false), id);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return Problem(StatusCodes.Status400BadRequest, $"expected a certificate request (PKCS#10, PEM): {e.Message}");
        }

        var actor = context.Actor();
        await database.WriteAsync(scope =>
        {
            EnrolmentStore.Add(scope, id, certificate, actor.Name);
            steps.Enrolled(scope, id);
            EnrolmentStore.Changed(scope);
            Audit.Write(scope, actor, "vehicle.enrol", id, $"serial {certificate.Serial}, until {certificate.NotAfter:yyyy-MM-dd}");
        }, WritePriority.Interactive, context.RequestAborted).ConfigureAwait(false);
        log.Enrolled(id, certificate.Serial, certificate.NotAfter);
        await watch.ApplyAsync(context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Ok(new Enrolled(certificate.Pem, authority.AuthorityPem, place.Host, place.Port, vehicle.Jurisdiction));
    }

    /// <summary>The PEM itself, or JSON with a member "csr".</summary>
    private static async Task<string> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var buffer = new char[MostBytes + 1];
        var length = await reader.ReadBlockAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false);
        if (length > MostBytes) throw new CryptographicException($"more than {MostBytes} characters");
        var text = new string(buffer, 0, length);
        if (!request.HasJsonContentType()) return text;
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("csr", out var csr) && csr.ValueKind == JsonValueKind.String
            ? csr.GetString()!
            : throw new CryptographicException("no member \"csr\"");
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>What the vehicle needs to connect.</summary>
    public sealed record Enrolled(string Certificate, string Ca, string Host, int Port, string Jurisdiction);
}
