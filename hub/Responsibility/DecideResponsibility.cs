using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary><c>PUT /api/requests/{number}/responsibility</c>: a person says who answers for a request.</summary>
public static class DecideResponsibility
{
    private const int MostText = 1_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/requests/{number}/responsibility", HandleAsync).RequirePermission("requests.write").WithSummary("Say who answers for a request");

    private static async Task<Results<Ok<DecisionView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        string number, Body body, Database database, Responsibilities responsibilities, HttpContext context, CancellationToken cancel)
    {
        var rules = responsibilities.Rules;
        if (await database.ReadAsync(c => TicketStore.Find(c, null, number), cancel).ConfigureAwait(false) is null)
            return TypedResults.Problem($"no request has the number '{number}': GET /api/requests lists those there are", statusCode: StatusCodes.Status404NotFound);
        var errors = new Dictionary<string, string[]>();
        var party = rules.Find(body.Party);
        if (body.Party is not null && party is null) errors["party"] = [$"one of {string.Join(", ", rules.Parties.Select(p => p.Id))}"];
        if (body.Party is null && body.Outcome is not (Outcome.Private or Outcome.Triage)) errors["outcome"] = ["private or triage, or else name a party"];
        if (party is not null && body.Outcome is not null && body.Outcome != Outcome.Of(party.Kind)) errors["outcome"] = [$"left out, or {Outcome.Of(party.Kind)}, which is what {party.Id} stands for"];
        if (string.IsNullOrWhiteSpace(body.Because) || body.Because.Length > MostText) errors["because"] = [$"why, in at most {MostText} characters"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var decision = await database.WriteAsync(scope =>
        {
            var outcome = party is null ? body.Outcome! : Outcome.Of(party.Kind);
            Audit.Write(scope, actor, "request.responsibility", number, $"{outcome} {party?.Id}".TrimEnd());
            return responsibilities.Decide(scope, number, outcome, party?.Id, body.Because!.Trim(), actor.Name);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Ok(await database.ReadAsync(c => DecisionView.Of(c, rules, decision), cancel).ConfigureAwait(false));
    }

    /// <param name="Outcome"><c>private</c> or <c>triage</c>; else left out.</param>
    /// <param name="Party">Id of the party that answers.</param>
    /// <param name="Because">Why, for whoever reads the request later.</param>
    public sealed record Body(string? Outcome = null, string? Party = null, string? Because = null);
}
