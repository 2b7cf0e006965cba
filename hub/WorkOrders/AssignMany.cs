using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// <c>POST /api/work-orders/assign</c>: gives many orders, or the orders of many requests, to a crew, or takes them back. Each is
/// a change of its own: one that fails holds up no other, and between two of them the vehicles' readings get their turn.
/// </summary>
public sealed class AssignMany(Database database, OfficeChange change, CreateOrder create, Responsibilities responsibilities)
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/work-orders/assign", Task<Results<Ok<Answer>, ValidationProblem>> (Body body, AssignMany many, HttpContext context, CancellationToken cancel) =>
            many.HandleAsync(body, context.Actor(), cancel)).RequirePermission("orders.write").WithSummary("Give many work orders or requests to a crew");

    private async Task<Results<Ok<Answer>, ValidationProblem>> HandleAsync(Body body, Actor actor, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var name = body.Crew is null ? null : await database.ReadAsync(c => CrewStore.Name(c, body.Crew), cancel).ConfigureAwait(false);
        if (body.Crew is not null && name is null) errors["crew"] = [$"no crew has the id '{body.Crew}': GET /api/crews lists those there are"];
        if (body.Items is not { Length: > 0 and <= Most } items || items.Any(i => i is null || i.Order is null == i.Request is null))
            errors["items"] = [$"1 to {Most}, each with the id of an order or the number of a request"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var results = new List<Result>();
        foreach (var item in body.Items!)
        {
            var (order, problem) = item.Order is { } id ? await AssignAsync(id, item, body.Crew, actor, cancel).ConfigureAwait(false)
                : await OrderOfAsync(item.Request!, body.Crew, actor, cancel).ConfigureAwait(false);
            results.Add(new Result(order?.Id ?? item.Order, order?.Request ?? item.Request, problem is null, problem, ProblemCode.Of(problem), problem is null ? order?.ToSummary(order.Crew is null ? null : name) : null));
        }

        return TypedResults.Ok(new Answer(results));
    }

    private async Task<(OrderRecord?, string?)> AssignAsync(string id, Item item, string? crew, Actor actor, CancellationToken cancel)
    {
        var (order, problem) = await change.ApplyAsync(actor, Preconditions.Of(item.Version), id, "order.assign", (scope, before, who) =>
        {
            if (OrderState.Ended.Contains(before.State)) return $"{before.Number} is {before.State}: there is nothing left to give";
            OrderEventStore.AddByOffice(scope, before.Id, OrderEventKind.Assign, crew, who);
            return null;
        }, cancel).ConfigureAwait(false);
        return (order, problem?.ProblemDetails.Detail);
    }

    /// <summary>The request's open order goes to the crew; one that has none gets one.</summary>
    private async Task<(OrderRecord?, string?)> OrderOfAsync(string number, string? crew, Actor actor, CancellationToken cancel)
    {
        var (order, problem) = await database.WriteAsync<(OrderRecord?, string?)>(scope =>
        {
            if (TicketStore.Find(scope, number) is not { } ticket) return (null, $"no request has the number '{number}'");
            if (OrderStore.OfRequest(scope, number).Find(o => !OrderState.Ended.Contains(o.State)) is { } open) return (open, null);
            if (ticket.Status != Ticket.Open) return (null, $"{number} is {ticket.Status}: there is nothing left to give");
            if (ticket.Parent is { } parent) return (null, $"{number} repeats {parent}: give that one a crew");
            if (responsibilities.Blocks(scope, number) is { } blocked) return (null, blocked);
            var party = ResponsibilityStore.Find(scope, number) is { Outcome: Outcome.Contractor } decision ? decision.Party : null;
            var made = create.CreateFor(scope, ticket, crew, actor.Name, party);
            Audit.Write(scope, actor, "order.create", made.Id, number);
            return (made, null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return order is null || order.Crew == crew ? (order, problem) : await AssignAsync(order.Id, new Item(), crew, actor, cancel).ConfigureAwait(false);
    }

    public sealed record Body(string? Crew = null, Item[]? Items = null);

    /// <summary>An order, or a request; with the version of the order as the caller saw it, or whichever.</summary>
    public sealed record Item(string? Order = null, string? Request = null, long? Version = null);

    public sealed record Result(string? Order, string? Request, bool Ok, string? Problem, ProblemCode? Coded, OrderSummary? Summary);

    public sealed record Answer(IReadOnlyList<Result> Items);
}
