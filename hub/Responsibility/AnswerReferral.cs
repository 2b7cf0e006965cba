using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>
/// <c>POST /api/referrals/{id}</c>: that it was sent, their reference, when to ask again, what they answered. "Done" closes the
/// request; "refused" brings it back to triage.
/// </summary>
public static class AnswerReferral
{
    private const int MostText = 1_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/referrals/{id}", HandleAsync).RequirePermission("requests.write").WithSummary("Note what became of a referral or notice");

    private static async Task<Results<Ok<Referral>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        string id, Body body, Database database, Responsibilities responsibilities, FollowResponsibility requests, HttpContext context, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        if (body.Answer is not (null or Referral.Done or Referral.Accepted or Referral.Refused)) errors["answer"] = ["done, accepted or refused"];
        if (body.Note?.Length > MostText) errors["note"] = [$"at most {MostText} characters"];
        if (body.Reference?.Length > 100) errors["reference"] = ["at most 100 characters"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var (referral, problem, status) = await database.WriteAsync<(Referral?, string?, int)>(scope =>
        {
            if (ResponsibilityStore.FindReferral(scope, id) is not { } was)
                return (null, $"no referral has the id '{id}': GET /api/referrals lists those there are", StatusCodes.Status404NotFound);
            if (!was.IsOpen) return (null, $"it was settled on {was.AnsweredAt:yyyy-MM-dd} as {was.Answer}: change who answers for {was.Request} to begin another", StatusCodes.Status409Conflict);
            var settles = body.Answer is Referral.Done or Referral.Refused;
            var now = was with
            {
                SentAt = was.SentAt ?? (body.Sent || body.Reference is not null || body.Answer is not null ? scope.Now : null),
                Reference = body.Reference ?? was.Reference, ChaseAt = body.ChaseAt ?? was.ChaseAt, Note = body.Note ?? was.Note,
                Answer = body.Answer ?? was.Answer, AnsweredAt = settles ? scope.Now : null,
            };
            ResponsibilityStore.Save(scope, now);
            Audit.Write(scope, actor, "referral.answer", id, body.Answer ?? (now.SentAt != was.SentAt ? "sent" : "changed"));
            Follow(scope, responsibilities, requests, now, actor.Name);
            return (now, null, 0);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return referral is null ? TypedResults.Problem(problem, statusCode: status) : TypedResults.Ok(referral);
    }

    private static void Follow(WriteScope scope, Responsibilities responsibilities, FollowResponsibility requests, Referral now, string who)
    {
        var name = responsibilities.Rules.Find(now.Party)?.Name ?? (now.Kind == Referral.ToOwner ? "the owner" : now.Party);
        var reference = now.Reference is null ? "" : $" (their reference {now.Reference})";
        switch (now.Answer)
        {
            case Referral.Done:
                requests.CloseElsewhere(scope, now.Request, told: now.Kind == Referral.ToOwner, who, now.Kind == Referral.ToOwner ? $"The owner was told{reference}" : $"Done by {name}{reference}");
                break;
            case Referral.Refused:
                responsibilities.Decide(scope, now.Request, Outcome.Triage, null, $"{name} says it is not theirs{reference}" + (now.Note is null ? "" : $": {now.Note}"), who);
                break;
            default:
                requests.Note(scope, now.Request, who, now.Answer == Referral.Accepted ? $"{name} has taken it on{reference}" : $"Sent to {name}{reference}");
                break;
        }
    }

    /// <param name="Sent">It was sent just now.</param>
    /// <param name="Reference">Their own number of it.</param>
    /// <param name="ChaseAt">When to ask again.</param>
    /// <param name="Answer"><c>done</c>, <c>accepted</c> or <c>refused</c>.</param>
    /// <param name="Note">What they said.</param>
    public sealed record Body(bool Sent = false, string? Reference = null, DateTimeOffset? ChaseAt = null, string? Answer = null, string? Note = null);
}
