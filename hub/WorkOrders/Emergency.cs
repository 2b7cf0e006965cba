using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Crews;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// <c>POST /api/work-orders/{id}/emergency</c>: sends a crew to an order at once. What it is working on is suspended, and
/// somebody of the crew must say that the order was read; until then it is among the alerts.
/// </summary>
public static class Emergency
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/work-orders/{id}/emergency", HandleAsync).RequirePermission("orders.write").WithSummary("Suspend a crew's work and send it to an emergency");

    private static Task<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Body body, OfficeChange change, RefoldOrders refold, HttpContext context, CancellationToken cancel) =>
        change.ApplyAsync(context, id, "order.emergency", (scope, order, who) =>
        {
            if (body.Crew is null || CrewStore.FindSummary(scope, body.Crew) is not { } crew)
                return $"no crew has the id '{body.Crew}': GET /api/crews lists those there are";
            if (crew.Shift == Shift.Off) return $"{crew.Name} is off shift: choose a crew that is on";
            if (OrderState.Ended.Contains(order.State)) return $"{order.Number} is {order.State}: make a new order";
            foreach (var other in OrderStore.OnBoard(scope.Connection, scope.Transaction, body.Crew).Where(o => o.Id != order.Id && o.State is OrderState.Arrived or OrderState.Started))
            {
                if (other.Id == order.Id) continue;
                OrderEventStore.AddByOffice(scope, other.Id, OrderEventKind.Interrupt, body.Crew, who, $"emergency {order.Number}");
                refold.Refold(scope, other.Id);
            }

            OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Emergency, body.Crew, who);
            return null;
        }, cancel);

    public sealed record Body(string? Crew = null);
}
