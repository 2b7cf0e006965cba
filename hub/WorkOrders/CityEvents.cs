using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Event mode. <c>POST /api/city-events</c> begins one, <c>POST /api/city-events/{id}/end</c> ends it, <c>GET
/// /api/city-events</c> lists them, <c>GET /api/city-events/{id}/work</c> says what its work cost, for reimbursement. Work
/// belongs to an event by when it was done, however late it arrives.
/// </summary>
public static class CityEvents
{
    public const string Permission = "events.write";
    private const int MaxText = 120;
    private const int MostLimit = 200;
    private const int MostOrders = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/city-events", BeginAsync).RequirePermission(Permission).WithSummary("Begin an event of the city, such as a snow storm");
        routes.MapPost("/api/city-events/{id}/end", EndAsync).RequirePermission(Permission).WithSummary("End an event of the city");
        routes.MapGet("/api/city-events", async Task<Results<Ok<EventPage>, ValidationProblem>> (Database database, CancellationToken cancel, int limit = 50, long? before = null) =>
            limit is < 1 or > MostLimit
                ? TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] })
                : TypedResults.Ok(new EventPage(await database.ReadAsync(c => CityEventStore.Page(c, before ?? long.MaxValue, limit), cancel).ConfigureAwait(false))))
            .RequirePermission("orders.read").WithSummary("List events of the city");
        routes.MapGet("/api/city-events/{id}/work", WorkAsync).RequirePermission(ReadCosts.Permission).WithSummary("Read what an event's work cost");
    }

    private static async Task<Results<Created<CityEvent>, ValidationProblem>> BeginAsync(Body body, Database database, ServiceCatalogue catalogue, HttpContext context, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        if (!CityEvent.Kinds.Contains(body.Kind)) errors["kind"] = [$"one of {string.Join(", ", CityEvent.Kinds)}"];
        if (body.Name is null || body.Name.Trim().Length is 0 or > MaxText) errors["name"] = [$"1 to {MaxText} characters"];
        if (body.Reimbursement is { Length: 0 or > MaxText }) errors["reimbursement"] = [$"1 to {MaxText} characters, or leave it out"];
        foreach (var (key, services) in new[] { ("suspends", body.Suspends), ("services", body.Services) })
            if (services is not null && Array.Find(services, s => catalogue.Find(s) is null) is { } unknown) errors[key] = [$"the catalogue has no service '{unknown}'"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var begun = await database.WriteAsync(scope =>
        {
            var e = new CityEvent(
                $"{scope.Now:yyMMdd}-{body.Kind}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}", body.Kind!, body.Name!.Trim(), body.Suspends ?? [], body.Services ?? [],
                body.Reimbursement, scope.Now, null, actor.Name, null);
            CityEventStore.Save(scope, e);
            if (e.Suspends.Count > 0) scope.Raise(new TargetsSuspended(e.Id, [.. e.Suspends], e.From));
            Audit.Write(scope, actor, "event.begin", e.Id, e.Name);
            return e;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Created($"/api/city-events/{begun.Id}/work", begun);
    }

    private static async Task<Results<Ok<CityEvent>, ProblemHttpResult>> EndAsync(string id, Database database, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var (ended, fault, status) = await database.WriteAsync<(CityEvent?, string?, int)>(scope =>
        {
            if (CityEventStore.Find(scope.Connection, scope.Transaction, id) is not { } e) return (null, Missing(id), StatusCodes.Status404NotFound);
            if (e.To is { } to) return (null, $"{e.Name} ended at {to:yyyy-MM-dd HH:mm} UTC: nothing to do", StatusCodes.Status409Conflict);
            var now = e with { To = scope.Now, EndedBy = actor.Name };
            CityEventStore.Save(scope, now);
            // Two storms in a row: what the other one still holds stands on.
            var held = CityEventStore.Lasting(scope.Connection, scope.Transaction).SelectMany(other => other.Suspends).ToHashSet(StringComparer.Ordinal);
            var resumed = e.Suspends.Where(s => !held.Contains(s)).ToArray();
            if (resumed.Length > 0) scope.Raise(new TargetsResumed(id, resumed, scope.Now));
            Audit.Write(scope, actor, "event.end", id, e.Name);
            return (now, null, 0);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return ended is null ? TypedResults.Problem(fault, statusCode: status) : TypedResults.Ok(ended);
    }

    private static async Task<Results<Ok<EventWork>, ProblemHttpResult>> WorkAsync(string id, Database database, RateTable rates, TimeProvider time, CancellationToken cancel)
    {
        var work = await database.ReadAsync(c =>
        {
            if (CityEventStore.Find(c, null, id) is not { } e) return null;
            var (from, to) = (e.From, e.To ?? time.GetUtcNow());
            var kinds = CostStore.Sums(c, "kind", from, to, e.Services, MostOrders);
            return new EventWork(
                e, rates.Currency, kinds.Sum(k => k.Cents), kinds.Sum(k => k.LabourHours), kinds, CostStore.Sums(c, "crew", from, to, e.Services, MostOrders),
                CostStore.Sums(c, "order", from, to, e.Services, MostOrders));
        }, cancel).ConfigureAwait(false);
        return work is null ? TypedResults.Problem(Missing(id), statusCode: StatusCodes.Status404NotFound) : TypedResults.Ok(work);
    }

    private static string Missing(string id) => $"no event has the id '{id}': GET /api/city-events lists those there are";

    public sealed record Body(string? Kind = null, string? Name = null, string[]? Suspends = null, string[]? Services = null, string? Reimbursement = null);

    public sealed record EventPage(IReadOnlyList<CityEvent> Items);

    public sealed record EventWork(
        CityEvent Event, string Currency, long Cents, double LabourHours, IReadOnlyList<CostSum> Kinds, IReadOnlyList<CostSum> Crews, IReadOnlyList<CostSum> Orders);
}
