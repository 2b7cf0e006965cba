using Microsoft.AspNetCore.Http.HttpResults;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>
/// <c>GET /readyz</c>: 200 when vehicles and people are served, 503 with what the hub waits for otherwise. Whoever restarts a hub asks
/// <c>/healthz</c> instead: a database or broker that is away comes back without that.
/// </summary>
public static class ReadReadiness
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/readyz", ReadAsync).WithSummary("Say whether vehicles and people are served");

    private static async Task<Results<Ok<View>, ProblemHttpResult>> ReadAsync(Readiness readiness, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var waits = await readiness.WaitsForAsync().ConfigureAwait(false);
        return waits.Count == 0
            ? TypedResults.Ok(new View("ready"))
            : TypedResults.Problem(
                $"the hub is up and waits for: {string.Join(", ", waits)}", statusCode: StatusCodes.Status503ServiceUnavailable, extensions: new Dictionary<string, object?> { ["waitsFor"] = waits });
    }

    public sealed record View(string Status);
}
