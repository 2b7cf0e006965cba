using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// <c>POST /api/requests/{number}/review</c>: a person accepts what sensors propose, or rejects it with a reason. Accepting also
/// lets go what is held for another day.
/// </summary>
public sealed class ReviewRequest(ChangeTicket change)
{
    private const int MaxNote = 1_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/requests/{number}/review", HandleAsync).RequirePermission("requests.review")
        .WithSummary("Accept or reject a proposed request");

    /// <summary>True while nobody has cleared it for work.</summary>
    public static bool Waits(Ticket ticket) => ticket.Stage is TicketStage.Review or TicketStage.Held;

    /// <summary>The request is cleared for those who do the work.</summary>
    public Ticket Accept(WriteScope scope, Ticket ticket, Proposal proposal, string state, string who, string why, string? note)
    {
        var accepted = change.Save(scope, ticket, TicketLife.Apply(ticket, TicketMove.Accept), who, why);
        Decide(scope, proposal, state, who, reason: null, note);
        scope.Raise(new RequestOpened(ticket.Number));
        return accepted;
    }

    /// <summary>A person says that it is none.</summary>
    public Ticket Reject(WriteScope scope, Ticket ticket, Proposal proposal, string who, string reason, string? note)
    {
        var rejected = change.Save(scope, ticket, TicketLife.Apply(ticket, TicketMove.Reject), who, $"Rejected: {reason}" + (note is null ? "" : $" ({note})"));
        Decide(scope, proposal, Proposal.Rejected, who, reason, note);
        return rejected;
    }

    private static void Decide(WriteScope scope, Proposal proposal, string state, string who, string? reason, string? note) =>
        ProposalStore.Save(scope, proposal with { State = state, DecidedMs = scope.Now.ToUnixTimeMilliseconds(), DecidedBy = who, Reason = reason, Note = note });

    private static async Task<Results<Ok<RequestSummary>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        string number, Body body, Database database, ReviewRequest review, HttpContext context, CancellationToken cancel)
    {
        if (await database.ReadAsync(c => TicketStore.Find(c, null, number), cancel).ConfigureAwait(false) is null) return Unknown(number);
        var errors = new Dictionary<string, string[]>();
        if (body.Decision is not ("accept" or "reject")) errors["decision"] = ["accept or reject"];
        if (body.Decision == "reject" && !ReviewReason.All.Contains(body.Reason)) errors["reason"] = [string.Join(", ", ReviewReason.All)];
        if (body.Note?.Length > MaxNote) errors["note"] = [$"at most {MaxNote} characters"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var (actor, precondition) = (context.Actor(), Preconditions.Of(context));
        var (changed, problem) = await database.WriteAsync<(Ticket?, ProblemHttpResult?)>(scope =>
        {
            if (TicketStore.Find(scope, number) is not { } ticket) return (null, Unknown(number));
            var proposal = ProposalStore.Find(scope, number);
            if (proposal is null || !Waits(ticket)) return (null, NotWaiting(number, ticket, proposal));
            if (!precondition.Hold(ticket.Version))
                return (null, Preconditions.Changed(number, TicketReading.LastChange(scope.Connection, number)?.Who ?? "hub", ticket.UpdatedAt, ticket.Version));
            var decided = body.Decision == "accept"
                ? review.Accept(scope, ticket, proposal, Proposal.Accepted, actor.Name, "Accepted" + (body.Note is { Length: > 0 } said ? $" ({said})" : ""), body.Note)
                : review.Reject(scope, ticket, proposal, actor.Name, body.Reason!, body.Note);
            Audit.Write(scope, actor, "request." + body.Decision, number, body.Reason ?? "");
            return (decided, null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (problem is not null) return problem;
        Preconditions.SetTag(context, changed!.Version);
        return TypedResults.Ok(changed.ToSummary());
    }

    private static ProblemHttpResult Unknown(string number) =>
        TypedResults.Problem($"no request has the number '{number}': GET /api/requests lists those there are", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult NotWaiting(string number, Ticket ticket, Proposal? proposal)
    {
        var why = proposal switch
        {
            null => "no sensor proposed it",
            { DecidedBy: { } who, DecidedMs: { } at } => string.Create(
                CultureInfo.InvariantCulture, $"{who} has {proposal.State} it at {DateTimeOffset.FromUnixTimeMilliseconds(at):yyyy-MM-dd'T'HH:mm:ss'Z'}"),
            _ => $"it is {ticket.Stage}",
        };
        return TypedResults.Problem($"{number} does not wait for review: {why}", statusCode: StatusCodes.Status409Conflict);
    }

    /// <param name="Decision">accept or reject.</param>
    /// <param name="Reason">One of <see cref="ReviewReason"/>; for a rejection.</param>
    /// <param name="Note">For the record; optional.</param>
    public sealed record Body(string? Decision = null, string? Reason = null, string? Note = null);
}
