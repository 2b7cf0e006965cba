using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary><c>POST /api/work-orders/{id}/review</c>: takes finished work, with another resolution where the crew's was wrong, or sends it back.</summary>
public static class ReviewOrder
{
    public const string Permission = "orders.review";
    private const int MaxText = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/work-orders/{id}/review", HandleAsync).RequirePermission(Permission).WithSummary("Take finished work, or send it back");

    private static Task<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Body body, OfficeChange change, HttpContext context, CancellationToken cancel)
    {
        return change.ApplyAsync(context, id, body.Accept == false ? "order.send-back" : "order.review", (scope, order, who) =>
        {
            if (Fault(body) is { } fault) return fault;
            if (order.State is not (OrderState.FieldComplete or OrderState.Reviewed))
                return $"{order.Number} is {order.State}: only work that is field complete can be reviewed";
            OrderEventStore.AddByOffice(
                scope, order.Id, body.Accept!.Value ? OrderEventKind.Review : OrderEventKind.SendBack, order.Crew, who, body.Reason?.Trim(), body.Resolution,
                after: order.DoneAt?.ToUnixTimeMilliseconds() ?? 0);
            return null;
        }, cancel);
    }

    private static string? Fault(Body body) =>
        body.Accept is null ? "accept: true to take the work, false to send it back"
        : body.Accept == false && string.IsNullOrWhiteSpace(body.Reason) ? "reason: say why it is sent back, the crew reads it"
        : body.Reason?.Length > MaxText ? $"reason: at most {MaxText} characters"
        : body.Resolution is { Length: 0 or > 64 } ? "resolution: a code of the catalogue's resolutions"
        : null;

    public sealed record Body(bool? Accept = null, string? Reason = null, string? Resolution = null);
}
