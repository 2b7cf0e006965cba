using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Makes an order for a request: by <c>POST /api/work-orders</c>, by rule, or for a crew that fixed something on the spot.</summary>
public sealed class CreateOrder(HubOptions hub, RefoldOrders refold)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/work-orders", HandleAsync).RequirePermission("orders.write");

    /// <summary>Makes the order; who has it, and all else, its history says.</summary>
    public OrderRecord Create(WriteScope scope, Ticket ticket, bool byCrew)
    {
        var number = OrderStore.NextNumber(scope, TimeZoneInfo.ConvertTime(scope.Now, zone).Year);
        var order = new OrderRecord
        {
            Id = number.ToLowerInvariant(), Number = number, Request = ticket.Number, Service = ticket.Service, Title = ticket.Title,
            Address = ticket.Address, At = ticket.At, Pole = ticket.Pole, Priority = ticket.Priority, TargetAt = ticket.TargetAt,
            Note = ticket.Description, ByCrew = byCrew, CreatedAt = scope.Now, UpdatedAt = scope.Now,
        };
        OrderStore.Save(scope, order);
        return order;
    }

    /// <summary>Makes the order and gives it to a crew, or leaves it waiting.</summary>
    public OrderRecord CreateFor(WriteScope scope, Ticket ticket, string? crew, string who)
    {
        var order = Create(scope, ticket, byCrew: false);
        OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Assign, crew, who);
        refold.Refold(scope, order.Id);
        if (crew is null)
        {
            // Folding an order that waits changes nothing, so nobody has heard of it yet.
            scope.Raise(new OrderChanged(order.ToSummary(null)));
            refold.Tell(scope, order);
        }

        return OrderStore.Find(scope, order.Id)!;
    }

    private static async Task<Results<Created<OrderSummary>, ProblemHttpResult>> HandleAsync(
        Body body, Database database, CreateOrder create, Responsibilities responsibilities, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var (summary, problem) = await database.WriteAsync<(OrderSummary?, string?)>(scope =>
        {
            if (TicketStore.Find(scope, body.Request ?? "") is not { } ticket) return (null, $"no request has the number '{body.Request}': GET /api/requests lists those there are");
            if (responsibilities.Blocks(scope, ticket.Number) is { } blocked) return (null, blocked);
            var crew = body.Crew is null ? null : CrewStore.FindSummary(scope, body.Crew);
            if (body.Crew is not null && crew is null) return (null, $"no crew has the id '{body.Crew}': GET /api/crews lists those there are");
            var order = create.CreateFor(scope, ticket, body.Crew, actor.Name);
            Audit.Write(scope, actor, "order.create", order.Id, ticket.Number);
            return (order.ToSummary(crew?.Name), null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return summary is null
            ? TypedResults.Problem(problem, statusCode: StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Created($"/api/work-orders/{summary.Id}", summary);
    }

    public sealed record Body(string? Request = null, string? Crew = null);
}
