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
        var errors = new Dictionary<string, string[]>();
        if (body.Accept is null) errors["accept"] = ["true to take the work, false to send it back"];
        if (body.Accept == false && string.IsNullOrWhiteSpace(body.Reason)) errors["reason"] = ["why it is sent back: the crew reads it"];
        if (body.Reason?.Length > MaxText) errors["reason"] = [$"at most {MaxText} characters"];
        if (body.Resolution is { Length: 0 or > 64 }) errors["resolution"] = ["a code of the catalogue's resolutions"];
        if (errors.Count > 0) return Task.FromResult<Results<Ok<OrderSummary>, ProblemHttpResult, ValidationProblem>>(TypedResults.ValidationProblem(errors));
        return change.ApplyAsync(context, id, body.Accept!.Value ? "order.review" : "order.send-back", (scope, order, who) =>
        {
            if (order.State is not (OrderState.FieldComplete or OrderState.Reviewed))
                return $"{order.Number} is {order.State}: only work that is field complete can be reviewed";
            OrderEventStore.AddByOffice(
                scope, order.Id, body.Accept.Value ? OrderEventKind.Review : OrderEventKind.SendBack, order.Crew, who, body.Reason?.Trim(), body.Resolution);
            return null;
        }, cancel);
    }

    public sealed record Body(bool? Accept = null, string? Reason = null, string? Resolution = null);
}
