using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// <c>GET /api/crew-alerts</c>: what stands now, calls of crews for help first; with <c>all=true</c> the calls of the past, newest
/// first. <c>POST /api/crew-alerts/{id}/acknowledge</c>: somebody at the office has taken it on.
/// </summary>
public static class ReadCrewAlerts
{
    private const int MostLimit = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/crew-alerts", async Task<Results<Ok<CrewAlertPage>, ValidationProblem>> (
            Database database, WorkOrdersOptions options, TimeProvider time, CancellationToken cancel, bool all = false, long? before = null, int limit = 100) =>
        {
            if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
            var since = time.GetUtcNow() - TimeSpan.FromMinutes(options.AcknowledgeMinutes);
            var items = await database.ReadAsync(c => all ? CrewAlertStore.Page(c, before ?? long.MaxValue, limit) : CrewAlertStore.Standing(c, since), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new CrewAlertPage(items));
        }).RequirePermission("orders.read").WithSummary("List alerts of crews");

        routes.MapPost("/api/crew-alerts/{id}/acknowledge", async Task<Results<Ok<CrewAlert>, ProblemHttpResult>> (string id, Database database, HttpContext context, CancellationToken cancel) =>
        {
            var actor = context.Actor();
            var (alert, first) = await database.WriteAsync<(CrewAlert?, bool)>(scope =>
            {
                if (CrewAlertStore.Find(scope, id) is null) return (null, false);
                var taken = CrewAlertStore.Acknowledge(scope, id, actor.Name);
                if (taken) Audit.Write(scope, actor, "alert.acknowledge", id);
                return (CrewAlertStore.Find(scope, id), taken);
            }, WritePriority.Interactive, cancel).ConfigureAwait(false);
            if (alert is null) return TypedResults.Problem($"no alert has the id '{id}': GET /api/crew-alerts lists those that stand", statusCode: StatusCodes.Status404NotFound);
            return first
                ? TypedResults.Ok(alert)
                : TypedResults.Problem($"{alert.AcknowledgedBy} took it on at {alert.AcknowledgedAt:HH:mm:ss} UTC: nothing to do", statusCode: StatusCodes.Status409Conflict);
        }).RequirePermission("orders.write").WithSummary("Take an alert on");
    }

    public sealed record CrewAlertPage(IReadOnlyList<CrewAlert> Items);
}
