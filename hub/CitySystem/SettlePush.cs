using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// What a person does with a push that is stuck. <c>POST /api/city/pushes/{id}/retry</c> after the cause of a failure was corrected;
/// <c>POST /api/city/pushes/{id}/settle</c> with the decision <c>there</c> (and the city's id), <c>send-again</c> or <c>give-up</c>.
/// </summary>
public static class SettlePush
{
    private const int LongestId = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/city/pushes/{id}/retry", RetryAsync).RequirePermission("city.write").WithSummary("Retry a failed push to the city");
        routes.MapPost("/api/city/pushes/{id}/settle", SettleAsync).RequirePermission("city.write").WithSummary("Settle a push whose outcome is unknown");
    }

    private static Task<Results<Ok<PushView>, ProblemHttpResult, ValidationProblem>> RetryAsync(
        string id, Database database, SettlePushes settle, Outbox outbox, HttpContext context, CancellationToken cancel) =>
        ChangeAsync(id, database, settle, context.Actor(), "push.retry", "", (push, now) => PushLife.Retry(push, now) is { } retried
            ? Checked(push.Kind == PushKind.Request ? retried with { Body = outbox.Complete(push.Body) } : retried)
            : null, cancel);

    private static async Task<Results<Ok<PushView>, ProblemHttpResult, ValidationProblem>> SettleAsync(
        string id, Decision decision, Database database, SettlePushes settle, HttpContext context, CancellationToken cancel)
    {
        if (await database.ReadAsync(c => CityStore.Find(c, null, id), cancel).ConfigureAwait(false) is null)
            return TypedResults.Problem(Missing(id), statusCode: StatusCodes.Status404NotFound);
        var remote = decision.Remote?.Trim() ?? "";
        var errors = new Dictionary<string, string[]>();
        if (decision.Choice is not ("there" or "send-again" or "give-up")) errors["decision"] = ["there, send-again or give-up"];
        if (decision.Choice == "there" && remote.Length is 0 or > LongestId) errors["remote"] = ["the id that the city shows for it"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        return await ChangeAsync(id, database, settle, actor, "push.settle", decision.Choice == "there" ? $"{decision.Choice}: {remote}" : decision.Choice!, (push, now) => decision.Choice switch
        {
            "there" => PushLife.There(push, remote, now),
            "send-again" => PushLife.SendAgain(push, now),
            _ => PushLife.GiveUp(push, $"given up by {actor.Name}", now),
        }, cancel).ConfigureAwait(false);
    }

    private static string Missing(string id) => $"no push has the id '{id}': GET /api/city/pushes lists those there are";

    // Without a code it would fail again, only later.
    private static Push Checked(Push push) =>
        push.Kind == PushKind.Request && push.Body.ServiceCode is null ? push with { State = PushState.Failed, DueAt = null } : push;

    private static async Task<Results<Ok<PushView>, ProblemHttpResult, ValidationProblem>> ChangeAsync(
        string id, Database database, SettlePushes settle, Actor actor, string what, string detail, Func<Push, DateTimeOffset, Push?> change, CancellationToken cancel)
    {
        var (view, fault, status) = await database.WriteAsync(scope =>
        {
            if (CityStore.Find(scope, id) is not { } push)
                return (null, Missing(id), StatusCodes.Status404NotFound);
            if (change(push, scope.Now) is not { } next || !CityStore.Save(scope, next, push.Fence))
            {
                var state = CityStore.Word(push.State);
                return (null, $"a push that is {state} takes no such decision: GET /api/city/pushes/{id} names its choices", StatusCodes.Status409Conflict);
            }

            Audit.Write(scope, actor, what, $"{push.Request} {id}", detail);
            if (next.State == PushState.Delivered) settle.Delivered(scope, next, $"{actor.Name} says it is there", "person");
            else CityStore.Log(scope, id, $"{actor.Name}: {(detail.Length > 0 ? detail : "retry")}");
            if (next.DueAt is not null) scope.Raise(new PushQueued(id));
            return ((PushView?)PushView.Of(next, CityStore.Lines(scope.Connection, scope.Transaction, id)), "", 0);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return view is null ? TypedResults.Problem(fault, statusCode: status) : TypedResults.Ok(view);
    }

    /// <param name="Choice"><c>decision</c>: there, send-again or give-up, what the push's choices name.</param>
    /// <param name="Remote">With "there": the city's id.</param>
    public sealed record Decision([property: JsonPropertyName("decision")] string? Choice = null, string? Remote = null);
}
