using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Crews;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary><c>POST /api/work-orders/{id}/assign</c>: gives an order to a crew, or takes it back with no crew.</summary>
public static class AssignOrder
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/work-orders/{id}/assign", HandleAsync).RequirePermission("orders.write").WithSummary("Give a work order to a crew");

    private static Task<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Request request, OfficeChange change, HttpContext context, CancellationToken cancel) =>
        change.ApplyAsync(context, id, "order.assign", (scope, order, who) =>
        {
            if (request.Crew is not null && CrewStore.FindSummary(scope, request.Crew) is null)
                return $"no crew has the id '{request.Crew}': GET /api/crews lists those there are";
            OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Assign, request.Crew, who);
            return null;
        }, cancel);

    public sealed record Request(string? Crew = null);
}
