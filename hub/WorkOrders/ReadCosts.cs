using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary><c>GET /api/work-orders/{id}/costs</c>, <c>GET /api/costs</c> and <c>GET /api/rates</c>.</summary>
public static class ReadCosts
{
    public const string Permission = "costs.read";
    private const int MostRows = 1_000;
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(400);
    private static readonly string[] Groups = ["order", "request", "service", "crew", "kind"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rates", (RateTable rates) => TypedResults.Ok(new { rates.Currency, items = rates.Rates })).RequirePermission(Permission).WithSummary("List rates");
        routes.MapGet("/api/work-orders/{id}/costs", async Task<Results<Ok<OrderCost>, ProblemHttpResult>> (string id, Database database, RateTable rates, CancellationToken cancel) =>
        {
            var lines = await database.ReadAsync(c => OrderStore.Find(c, null, id) is null ? null : CostStore.Of(c, id), cancel).ConfigureAwait(false);
            return lines is null
                ? TypedResults.Problem($"no work order has the id '{id}': GET /api/work-orders lists those there are", statusCode: StatusCodes.Status404NotFound)
                : TypedResults.Ok(new OrderCost(rates.Currency, lines.Sum(l => l.Cents), lines));
        }).RequirePermission(Permission).WithSummary("Read what a work order cost");
        routes.MapGet("/api/costs", async Task<Results<Ok<CostPage>, ValidationProblem>> (
            Database database, RateTable rates, TimeProvider time, CancellationToken cancel, string by = "service", DateTimeOffset? from = null, DateTimeOffset? to = null, string? service = null) =>
        {
            var (start, end) = (from ?? (to ?? time.GetUtcNow()).AddDays(-30), to ?? time.GetUtcNow());
            var errors = new Dictionary<string, string[]>();
            if (!Groups.Contains(by)) errors["by"] = [$"one of {string.Join(", ", Groups)}"];
            if (start >= end || end - start > LongestSpan) errors["from"] = [$"before to, at most {LongestSpan.TotalDays:0} days"];
            if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
            var items = await database.ReadAsync(c => CostStore.Sums(c, by, start, end, service is null ? [] : [service], MostRows), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new CostPage(rates.Currency, by, start, end, items.Sum(i => i.Cents), items));
        }).RequirePermission(Permission).WithSummary("Sum costs by order, request, service, crew or kind");
    }

    public sealed record OrderCost(string Currency, long Cents, IReadOnlyList<CostLine> Lines);

    public sealed record CostPage(string Currency, string By, DateTimeOffset From, DateTimeOffset To, long Cents, IReadOnlyList<CostSum> Items);
}
