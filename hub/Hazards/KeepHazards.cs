using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>
/// <c>POST /api/hazards</c>: the office knows of a danger, by telephone or radio. <c>POST /api/hazards/{id}/end</c>: it is over, or
/// never was; every report of the same danger ends with it.
/// </summary>
public static class KeepHazards
{
    private const int MaxClientId = 64;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/hazards", ReportAsync).RequirePermission("orders.write").WithSummary("Report a danger at a place");
        routes.MapPost("/api/hazards/{id}/end", EndAsync).RequirePermission("orders.write").WithSummary("Say that a danger is over");
    }

    private static async Task<Results<Created<Hazard>, ValidationProblem>> ReportAsync(
        NewHazard body, Database database, HazardsOptions options, NoteWorks works, HttpContext context, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        if (body.ClientId is not { Length: > 0 and <= MaxClientId }) errors["clientId"] = [$"1 to {MaxClientId} characters, made by the one who asks: the same again is the same report"];
        if (body.Kind is null || !HazardKind.All.Contains(body.Kind)) errors["kind"] = [$"one of {string.Join(", ", HazardKind.All)}"];
        if (body is not { Lat: { } lat, Lon: { } lon } || !new GeoPoint(lat, lon).IsPlausible) errors["lat"] = ["a WGS 84 latitude and longitude that aren't 0, 0"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var kept = await database.WriteAsync(scope =>
        {
            var now = scope.Now.ToUnixTimeMilliseconds();
            var report = new HazardReport
            {
                // Ids of two people may be the same word.
                Id = HazardCopy.IdOf($"{actor.Id} {body.ClientId}"), Kind = body.Kind!, At = new GeoPoint(body.Lat!.Value, body.Lon!.Value).Rounded(), AtMs = now,
                UntilMs = now + (long)options.Lasts(body.Kind!).TotalMilliseconds, ReceivedMs = now, Who = actor.Name,
            };
            if (!HazardStore.Add(scope, report)) return HazardStore.Find(scope, report.Id)!;
            works.Follow(scope, report.Id);
            Audit.Write(scope, actor, "hazard.report", report.Id, report.Kind);
            scope.Raise(new HazardsChanged());
            return report;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Created("/api/hazards", ReadHazards.View(new HazardGroup(kept, [kept]), null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        string id, Database database, HazardsOptions options, NoteWorks works, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var (known, ended) = await database.WriteAsync<(HazardReport?, bool)>(scope =>
        {
            if (HazardStore.Find(scope, id) is not { } report) return (null, false);
            var group = HazardGroup.Of(HazardStore.Standing(scope.Connection, scope.Transaction, scope.Now), options.SameM).FirstOrDefault(g => g.All.Any(r => r.Id == id));
            if (group is null) return (report, false);
            foreach (var one in group.All)
            {
                HazardStore.End(scope, one.Id, actor.Name, scope.Now.ToUnixTimeMilliseconds());
                works.Follow(scope, one.Id);
            }

            Audit.Write(scope, actor, "hazard.end", id, report.Kind);
            scope.Raise(new HazardsChanged());
            return (report, true);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (known is null) return TypedResults.Problem($"no danger has the id '{id}': GET /api/hazards lists those that stand", statusCode: StatusCodes.Status404NotFound);
        if (ended) return TypedResults.NoContent();
        // By somebody, by the crew that took it back, or by time.
        var over = DateTimeOffset.FromUnixTimeMilliseconds(known.EndedMs ?? known.UntilMs);
        return TypedResults.Problem($"{known.Kind} ended at {over:HH:mm:ss} UTC: nothing to do", statusCode: StatusCodes.Status409Conflict);
    }

    /// <param name="ClientId">Made by the one who asks, so that pressing twice is one report.</param>
    /// <param name="Kind">One of the wire's list.</param>
    /// <param name="Lat">Degrees north.</param>
    /// <param name="Lon">Degrees east.</param>
    public sealed record NewHazard(string? ClientId = null, string? Kind = null, double? Lat = null, double? Lon = null);
}
