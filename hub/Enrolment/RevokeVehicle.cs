using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// <c>POST /api/vehicles/{id}/revocation</c>: every certificate of the vehicle is worth nothing from now on, its open codes too, and
/// its session ends. What waits on the vehicle stays there; a code enrols it again.
/// </summary>
internal static class RevokeVehicle
{
    private const int LongestReason = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/vehicles/{id}/revocation", HandleAsync).RequirePermission("vehicles.enrol").WithSummary("Revoke a vehicle's certificates and end its session");

    /// <returns>How many certificates were revoked.</returns>
    public static int Do(WriteScope scope, Actor actor, string vehicle, string reason)
    {
        var count = EnrolmentStore.Revoke(scope, vehicle, reason.Length > 0 ? reason : "revoked");
        EnrolmentStore.Bar(scope, vehicle);
        EnrolmentStore.DropCodes(scope, vehicle);
        EnrolmentStore.Changed(scope);
        Audit.Write(scope, actor, "vehicle.revoke", vehicle, $"{count} certificates; {reason}");
        return count;
    }

    /// <returns>What is wrong with a reason; null when nothing is.</returns>
    public static string? Fault(string? reason) =>
        reason is { Length: > LongestReason } ? $"a reason has at most {LongestReason} characters"
        : reason == EnrolmentStore.Renewed || reason?.Any(char.IsControl) == true ? "expected other words"
        : null;

    private static async Task<Results<Ok<View>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Request? request, HttpContext context, VehicleRegistry registry, IdentityWatch watch, Database database, CancellationToken cancel)
    {
        if (registry.Find(id) is null)
            return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
        if (Fault(request?.Reason) is { } fault) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = [fault] });
        var actor = context.Actor();
        var count = await database.WriteAsync(scope => Do(scope, actor, id, request?.Reason?.Trim() ?? ""), WritePriority.Interactive, cancel).ConfigureAwait(false);
        await watch.ApplyAsync(cancel).ConfigureAwait(false);
        return TypedResults.Ok(new View(count));
    }

    public sealed record Request(string? Reason = null);

    /// <param name="Revoked">How many certificates were revoked.</param>
    public sealed record View(int Revoked);
}
