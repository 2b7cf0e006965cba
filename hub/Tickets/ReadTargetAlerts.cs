using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary><c>GET /api/requests/alerts</c> (pages by cursor) and <c>POST /api/requests/alerts/{id}/acknowledge</c>.</summary>
public static class ReadTargetAlerts
{
    private const int UsualLimit = 100;
    private const int MostLimit = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/requests/alerts", ListAsync).RequirePermission("requests.read").WithSummary("List requests whose target date is near or past").Produces<TargetAlertPage>();
        routes.MapPost("/api/requests/alerts/{id}/acknowledge", AcknowledgeAsync).RequirePermission("requests.write")
            .WithSummary("Say that somebody looks after it").Produces<TargetAlert>();
    }

    private static async Task<IResult> ListAsync(
        Database database, CancellationToken cancel, string? state = null, string? notify = null, int? limit = null, string? cursor = null)
    {
        var after = string.IsNullOrEmpty(cursor) ? null : RequestCursor.TryParse(cursor);
        var errors = new Dictionary<string, string[]>();
        if (state is not (null or "open" or "all")) errors["state"] = ["open or all"];
        if (limit is < 1 or > MostLimit) errors["limit"] = [$"1 to {MostLimit}"];
        if (after is null && !string.IsNullOrEmpty(cursor)) errors["cursor"] = ["what a page gave as next"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var most = limit ?? UsualLimit;
        var found = await database.ReadAsync(c => TargetAlertStore.Page(c, state != "all", notify, most + 1, after), cancel).ConfigureAwait(false);
        var items = found.Take(most).ToList();
        var next = found.Count > most ? new RequestCursor(items[^1].At.ToUnixTimeMilliseconds(), items[^1].Id).ToString() : null;
        return TypedResults.Ok(new TargetAlertPage(items, next));
    }

    public sealed record TargetAlertPage(IReadOnlyList<TargetAlert> Items, string? Next);

    private static async Task<IResult> AcknowledgeAsync(string id, Database database, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var alert = await database.WriteAsync(scope =>
        {
            // The second who acknowledges it sees who was first.
            if (TargetAlertStore.Acknowledge(scope, id, actor.Name)) Audit.Write(scope, actor, "alert.acknowledge", id);
            return TargetAlertStore.Find(scope.Connection, scope.Transaction, id);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return alert is null
            ? TypedResults.Problem($"no alert has the id '{id}': GET /api/requests/alerts lists those there are", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Ok(alert);
    }
}
