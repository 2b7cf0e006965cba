using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// <c>POST /api/vehicles/{id}/enrolment-codes</c>: a one-time code by which a computer becomes this vehicle. A newer code ends
/// one that was not used; only its hash is kept.
/// </summary>
internal static class MakeCode
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/vehicles/{id}/enrolment-codes", HandleAsync).RequirePermission("vehicles.enrol").WithSummary("Make a one-time code that enrols a vehicle");

    /// <summary>Makes a code in the caller's transaction.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="vehicle">A registered vehicle.</param>
    /// <param name="hours">Its life.</param>
    /// <param name="door">Where vehicles find the hub.</param>
    /// <param name="fingerprint">SHA-256 of the authority's certificate.</param>
    public static MadeCode Do(WriteScope scope, Actor actor, string vehicle, int hours, BrokerPlace.Address door, byte[] fingerprint)
    {
        var code = new EnrolmentCode(
            door.Host, door.Port, fingerprint.AsMemory(0, EnrolmentCode.FingerprintBytes), RandomNumberGenerator.GetBytes(EnrolmentCode.SecretBytes));
        var expires = scope.Now.AddHours(hours);
        EnrolmentStore.AddCode(scope, EnrolmentCode.HashOf(code.SecretText), vehicle, expires, actor.Name);
        Audit.Write(scope, actor, "vehicle.code", vehicle, $"good for {hours} h");
        return new MadeCode(vehicle, code.Format(), expires);
    }

    private static async Task<Results<Ok<View>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Request? request, HttpContext context, VehicleRegistry registry, DoorPlace door, CertificateAuthority authority, EnrolmentOptions options,
        Database database, ILogger<CertificateAuthority> log, CancellationToken cancel)
    {
        if (registry.Find(id) is null)
            return TypedResults.Problem($"no vehicle '{id}' is registered: register it first with POST /api/vehicles", statusCode: StatusCodes.Status404NotFound);
        var hours = request?.Hours ?? options.CodeHours;
        if (hours < 1 || hours > options.CodeHours)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["hours"] = [$"1 to {options.CodeHours} hours"] });
        if (door.Current is not { } place) return TypedResults.Problem("the vehicles' door is not up yet: try again in a few seconds", statusCode: StatusCodes.Status503ServiceUnavailable);
        var actor = context.Actor();
        var made = await database.WriteAsync(scope => Do(scope, actor, id, hours, place, authority.Fingerprint), WritePriority.Interactive, cancel).ConfigureAwait(false);
        log.CodeMade(actor.Name, id, made.Expires);
        return TypedResults.Ok(new View(made.Text, made.Expires, QrCode.Of(made.Text).Rows()));
    }

    public sealed record Request(int? Hours = null);

    /// <param name="Code">To be typed, scanned or put into the file enrol.code.</param>
    /// <param name="Expires">UTC.</param>
    /// <param name="Qr">The code as a QR code: rows of 0 and 1 (dark), without the quiet zone of 4 modules.</param>
    public sealed record View(string Code, DateTimeOffset Expires, IReadOnlyList<string> Qr);
}
