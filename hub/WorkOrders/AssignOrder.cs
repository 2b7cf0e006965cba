using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary><c>POST /api/work-orders/{id}/assign</c>: gives an order to a crew, or takes it back with no crew.</summary>
public static class AssignOrder
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/work-orders/{id}/assign", HandleAsync).RequirePermission("orders.write");

    private static async Task<Results<Ok<OrderSummary>, ProblemHttpResult>> HandleAsync(
        string id, Request request, Database database, RefoldOrders refold, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var (summary, problem, status) = await database.WriteAsync<(OrderSummary?, string?, int)>(scope =>
        {
            if (OrderStore.Find(scope, id) is null) return (null, $"no work order has the id '{id}': GET /api/work-orders lists those there are", StatusCodes.Status404NotFound);
            var crew = request.Crew is null ? null : CrewStore.FindSummary(scope, request.Crew);
            if (request.Crew is not null && crew is null) return (null, $"no crew has the id '{request.Crew}': GET /api/crews lists those there are", StatusCodes.Status422UnprocessableEntity);
            OrderEventStore.AddByOffice(scope, id, OrderEventKind.Assign, request.Crew, actor.Name);
            refold.Refold(scope, id);
            Audit.Write(scope, actor, "order.assign", id, request.Crew ?? "nobody");
            return (OrderStore.Find(scope, id)!.ToSummary(crew?.Name), null, 0);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return summary is null ? TypedResults.Problem(problem, statusCode: status) : TypedResults.Ok(summary);
    }

    public sealed record Request(string? Crew = null);
}
