using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// <c>POST /api/work-orders/{id}/report</c> and, for what was found and fixed without an order, <c>POST /api/work-orders/report</c>:
/// what a crew without a device said by radio. It is the crew's action like any other, with who typed it and who said it; the
/// same client id again is the same report.
/// </summary>
public sealed class RadioReport(Database database, TakeAction take, RefoldOrders refold, ServiceCatalogue catalogue, WorkOrdersOptions options)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/work-orders/{id}/report", Task<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>> (
            string id, RadioWords body, RadioReport report, HttpContext context, CancellationToken cancel) => report.HandleAsync(id, body, context, cancel))
            .RequirePermission("orders.write").WithSummary("Enter what a crew said by radio about a work order");
        routes.MapPost("/api/work-orders/report", Task<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>> (
            RadioWords body, RadioReport report, HttpContext context, CancellationToken cancel) => report.HandleAsync(null, body, context, cancel))
            .RequirePermission("orders.write").WithSummary("Enter what a crew said by radio that it found and fixed");
    }

    private async Task<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>> HandleAsync(string? id, RadioWords said, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var answer = await database.WriteAsync(scope => Enter(scope, id, said, actor), WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (answer.Errors is { Count: > 0 } errors) return TypedResults.ValidationProblem(errors);
        if (answer.Problem is { } problem) return problem;
        Preconditions.SetTag(context, answer.Order!.Version);
        return TypedResults.Ok(answer.Order.ToSummary(answer.CrewName));
    }

    private Answer Enter(WriteScope scope, string? id, RadioWords said, Actor actor)
    {
        var order = id is null ? null : OrderStore.Find(scope, id);
        if (id is not null && order is null) return new Answer { Problem = ReadOrders.Missing(id) };
        var errors = said.Check(order is null, scope.Now);
        var crew = said.Crew ?? order?.Crew;
        if (crew is null) errors["crew"] = ["which crew spoke"];
        else if (CrewStore.FindSummary(scope, crew) is null) errors["crew"] = [$"no crew has the id '{crew}': GET /api/crews lists those there are"];
        if (said.To is not null && CrewStore.FindSummary(scope, said.To) is null) errors["to"] = [$"no crew has the id '{said.To}'"];
        if (order is null && catalogue.Find(said.Service) is null) errors["service"] = ["a code of the service catalogue"];
        var undoes = said.Undoes is null ? null : OrderEventStore.FindAction(scope, RadioWords.ActionOf(said.Undoes)) ?? OrderEventStore.FindAction(scope, said.Undoes);
        if (said.Undoes is not null && (undoes is null || (order is not null && undoes.Order != order.Id))) errors["undoes"] = ["nothing was reported under this id about this order"];
        if (errors.Count > 0) return new Answer { Errors = errors };
        var known = OrderEventStore.FindAction(scope, RadioWords.ActionOf(said.ClientId!));
        if (known is not null && (known.Kind != said.EventKind || known.Crew != crew || (id is not null && known.Order != id)))
            return new Answer { Problem = TypedResults.Problem($"the client id '{said.ClientId}' was used for another report: make a new one", statusCode: StatusCodes.Status409Conflict) };
        return Answer.Of(scope, known?.Order ?? Add(scope, order, said, crew!, undoes?.Action, actor));
    }

    private string Add(WriteScope scope, OrderRecord? order, RadioWords said, string crew, string? undoes, Actor actor)
    {
        // After all that was done before, unless the crew said when: it speaks of what it knows.
        var last = order is null ? 0 : OrderEventStore.Of(scope.Connection, scope.Transaction, order.Id).Select(e => e.AtMs).DefaultIfEmpty().Max();
        var atMs = said.At?.ToUnixTimeMilliseconds() ?? Math.Max(scope.Now.ToUnixTimeMilliseconds(), last + 1);
        var e = said.ToEvent(order?.Id, crew, CrewStore.ShiftAt(scope, crew, atMs), atMs, OrderEventStore.NextSeq(scope, OrderEvent.Radio), actor.Name) with { Undoes = undoes };
        if (e.Kind is OrderEventKind.FixedHere or OrderEventKind.Point && e.At is { } at) TicketStore.LockAround(scope, [at], options.FixedHereM);
        var touched = new SortedSet<string>(StringComparer.Ordinal);
        var kept = take.Take(scope, e, said.Service, scope.Now, touched);
        foreach (var other in touched) refold.Refold(scope, other);
        Audit.Write(scope, actor, "order.report", kept.Order!, $"{said.Kind} of {crew}, said by {e.Member}");
        return kept.Order!;
    }

    private sealed record Answer
    {
        public OrderRecord? Order { get; init; }

        public string? CrewName { get; init; }

        public Dictionary<string, string[]>? Errors { get; init; }

        public ProblemHttpResult? Problem { get; init; }

        public static Answer Of(WriteScope scope, string order)
        {
            var now = OrderStore.Find(scope, order)!;
            return new Answer { Order = now, CrewName = now.Crew is { } crew ? CrewStore.FindSummary(scope, crew)?.Name ?? crew : null };
        }
    }
}
