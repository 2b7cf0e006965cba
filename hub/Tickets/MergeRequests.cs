using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// <c>GET /api/requests/{number}/duplicates</c>, <c>POST /api/requests/{number}/merge</c> and <c>/unmerge</c>: what a request may
/// repeat, and a person's word on it.
/// </summary>
public static class MergeRequests
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/requests/{number}/duplicates", CandidatesAsync).RequirePermission("requests.read")
            .WithSummary("List requests that a request may repeat, with what speaks for it").Produces<Candidates>();
        routes.MapPost("/api/requests/{number}/merge", MergeAsync).RequirePermission("requests.merge")
            .WithSummary("Let a request follow the one that it repeats").Produces<RequestSummary>();
        routes.MapPost("/api/requests/{number}/unmerge", UnmergeAsync).RequirePermission("requests.merge")
            .WithSummary("Undo a merge").Produces<RequestSummary>();
    }

    private static async Task<IResult> CandidatesAsync(
        string number, Database database, ServiceCatalogue catalogue, TicketsOptions options, CancellationToken cancel)
    {
        var found = await database.ReadAsync(
            c => TicketStore.Find(c, null, number) is { } ticket ? DuplicateSearch.Find(c, null, ticket, catalogue, options, ownServiceOnly: false) : null, cancel).ConfigureAwait(false);
        return found is null
            ? RequestProblem.NotFound(number).Answer()
            : TypedResults.Ok(new Candidates([.. found.Select(f => new Candidate(f.Other.ToSummary(), f.Verdict.Sameness, f.Verdict.DistanceM, f.Verdict.Reasons))]));
    }

    private static async Task<IResult> MergeAsync(
        string number, Body body, Database database, LinkRequests links, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var expected = Preconditions.Of(context);
        return await AnswerAsync(database, context, scope =>
        {
            if (TicketStore.Find(scope, number) is not { } child) return (null, RequestProblem.NotFound(number));
            if (!expected.Hold(child.Version)) return (null, RequestProblem.Changed(scope.Connection, child));
            if (TicketStore.Find(scope, body.Into ?? "") is not { } parent) return (null, RequestProblem.Invalid($"'into' must be the number of a request, not '{body.Into}'"));
            if (Refusal(scope, child, parent, actor) is { } refused) return (null, refused);
            var reasons = string.IsNullOrWhiteSpace(body.Why) ? [$"{actor.Name} says so"] : new[] { body.Why };
            var linked = links.Link(scope, child, parent, reasons, byPlace: false, actor.Name);
            Audit.Write(scope, actor, "request.merge", number, parent.Number);
            return (linked, null);
        }, cancel).ConfigureAwait(false);
    }

    private static async Task<IResult> UnmergeAsync(
        string number, Body body, Database database, LinkRequests links, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var expected = Preconditions.Of(context);
        return await AnswerAsync(database, context, scope =>
        {
            if (TicketStore.Find(scope, number) is not { } child) return (null, RequestProblem.NotFound(number));
            if (!expected.Hold(child.Version)) return (null, RequestProblem.Changed(scope.Connection, child));
            if (links.Unlink(scope, number, actor.Name, string.IsNullOrWhiteSpace(body.Why) ? $"{actor.Name} says so" : body.Why) is not { } alone)
                return (null, RequestProblem.Conflict($"{number} repeats no request: there is nothing to undo"));
            Audit.Write(scope, actor, "request.unmerge", number, child.Parent ?? "");
            return (alone, null);
        }, cancel).ConfigureAwait(false);
    }

    private static RequestProblem? Refusal(WriteScope scope, Ticket child, Ticket parent, Actor actor)
    {
        if (child.Number == parent.Number) return RequestProblem.Invalid("a request does not repeat itself");
        if (child.Parent is { } before) return RequestProblem.Conflict($"{child.Number} repeats {before} already: undo that first");
        if (parent.Parent is { } root) return RequestProblem.Conflict($"{parent.Number} repeats {root}: merge into that");
        if (child.Status != Ticket.Open || parent.Status != Ticket.Open) return RequestProblem.Conflict("both must be open: open the one that is not again, or leave it");
        if (!parent.Accepted) return RequestProblem.Conflict($"{parent.Number} waits for review: accept it first, or merge it into {child.Number}");
        if ((child.Service != parent.Service || child.Department != parent.Department) && actor.Kind != ActorKind.Person)
            return new RequestProblem(StatusCodes.Status403Forbidden, "they are of different services or departments: only a person who is signed in may merge them");
        return TicketStore.Orders(scope.Connection, scope.Transaction, child.Number).Find(o => o.HasBegun) is { } begun
            ? RequestProblem.Conflict($"{begun.CrewName ?? "a crew"} has begun {begun.Number} for {child.Number}: merge {parent.Number} into it instead")
            : null;
    }

    private static async Task<IResult> AnswerAsync(
        Database database, HttpContext context, Func<WriteScope, (Ticket? Ticket, RequestProblem? Problem)> act, CancellationToken cancel)
    {
        var (ticket, problem) = await database.WriteAsync(act, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (ticket is null) return problem!.Answer();
        Preconditions.SetTag(context, ticket.Version);
        return TypedResults.Ok(ticket.ToSummary());
    }

    /// <param name="Into">Number of the request that it repeats; to merge.</param>
    /// <param name="Why">For the history.</param>
    public sealed record Body(string? Into = null, string? Why = null);

    public sealed record Candidates(IReadOnlyList<Candidate> Items);

    /// <param name="Request">The other request.</param>
    /// <param name="Sameness">How sure the rule is.</param>
    /// <param name="DistanceM">Metres; null when a place is doubtful.</param>
    /// <param name="Reasons">What speaks for and against.</param>
    public sealed record Candidate(RequestSummary Request, Sameness Sameness, double? DistanceM, IReadOnlyList<string> Reasons);
}
