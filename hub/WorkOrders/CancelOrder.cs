using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary><c>POST /api/work-orders/{id}/cancel</c>: the office no longer needs it. What a crew has begun is not taken away.</summary>
public static class CancelOrder
{
    private const int MaxText = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/work-orders/{id}/cancel", HandleAsync).RequirePermission("orders.write").WithSummary("Cancel a work order that nobody has begun");

    private static Task<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Body body, OfficeChange change, HttpContext context, CancellationToken cancel) =>
        change.ApplyAsync(context, id, "order.cancel", (scope, order, who) =>
        {
            if (body.Reason is null || body.Reason.Trim().Length is 0 or > MaxText) return $"reason: why it is not needed, 1 to {MaxText} characters";
            if (order.State is not (OrderState.Unassigned or OrderState.Assigned)) return $"{order.Number} is {order.State}: only what nobody has begun can be cancelled";
            OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Cancel, crew: null, who, body.Reason.Trim());
            return null;
        }, cancel);

    public sealed record Body(string? Reason = null);
}
