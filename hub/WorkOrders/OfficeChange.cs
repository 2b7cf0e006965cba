using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What every change of an order by the office has in common: it is there, nobody else changed it, it is folded and audited.</summary>
public sealed class OfficeChange(Database database, RefoldOrders refold)
{
    /// <param name="context">Who asks, and which version they saw (If-Match).</param>
    /// <param name="id">The order.</param>
    /// <param name="what">For the audit log: <c>order.assign</c>.</param>
    /// <param name="apply">Adds events; returns why not.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>> ApplyAsync(
        HttpContext context, string id, string what, Func<WriteScope, OrderRecord, string, string?> apply, CancellationToken cancel)
    {
        var (order, problem) = await ApplyAsync(context.Actor(), Preconditions.Of(context), id, what, apply, cancel).ConfigureAwait(false);
        if (order is null) return problem!;
        var name = order.Crew is { } crew ? await database.ReadAsync(c => CrewStore.Name(c, crew), cancel).ConfigureAwait(false) ?? crew : null;
        Preconditions.SetTag(context, order.Version);
        return TypedResults.Ok(order.ToSummary(name));
    }

    /// <summary>One of several changes at once.</summary>
    /// <returns>The order as it is now, or why not.</returns>
    public Task<(OrderRecord? Order, ProblemHttpResult? Problem)> ApplyAsync(
        Actor actor, Preconditions conditions, string id, string what, Func<WriteScope, OrderRecord, string, string?> apply, CancellationToken cancel) =>
        database.WriteAsync<(OrderRecord?, ProblemHttpResult?)>(scope =>
        {
            if (OrderStore.Find(scope, id) is not { } before) return (null, ReadOrders.Missing(id));
            if (!conditions.Hold(before.Version)) return (null, Preconditions.Changed(before.Number, before.ChangedBy, before.UpdatedAt, before.Version));
            if (apply(scope, before, actor.Name) is { } fault) return (null, TypedResults.Problem(fault, statusCode: StatusCodes.Status422UnprocessableEntity));
            refold.Refold(scope, id);
            var now = OrderStore.Find(scope, id)!;
            Audit.Write(scope, actor, what, id, now.Crew ?? now.State);
            return (now, null);
        }, WritePriority.Interactive, cancel);
}
