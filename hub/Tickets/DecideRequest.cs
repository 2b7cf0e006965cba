using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// What a person decides about a request: <c>POST /api/requests/{number}/resolve</c>, <c>/reopen</c>, <c>/wait</c> and
/// <c>/resume</c>. Another system's word counts as a person's.
/// </summary>
public sealed class DecideRequest(ServiceCatalogue catalogue, ChangeTicket change)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/requests/{number}/resolve", (string number, Body body, DecideRequest decide, Database database, HttpContext context, CancellationToken cancel) =>
            AnswerAsync(number, "request.resolve", database, context, scope => decide.Resolve(scope, number, context.Actor().Name, body.Why, body.Resolution ?? ""), cancel))
            .RequirePermission("requests.write").WithSummary("End a request without work in the field").Produces<RequestSummary>();
        routes.MapPost("/api/requests/{number}/reopen", (string number, Body body, DecideRequest decide, Database database, HttpContext context, CancellationToken cancel) =>
            AnswerAsync(number, "request.reopen", database, context, scope => decide.Reopen(scope, number, context.Actor().Name, body.Why), cancel))
            .RequirePermission("requests.write").WithSummary("Take the end of a request back").Produces<RequestSummary>();
        routes.MapPost("/api/requests/{number}/wait", (string number, Body body, DecideRequest decide, Database database, HttpContext context, CancellationToken cancel) =>
            AnswerAsync(number, "request.wait", database, context, scope => decide.Wait(scope, number, context.Actor().Name, body.Why, body.Reason ?? ""), cancel))
            .RequirePermission("requests.write").WithSummary("Say what a request waits for").Produces<RequestSummary>();
        routes.MapPost("/api/requests/{number}/resume", (string number, Body body, DecideRequest decide, Database database, HttpContext context, CancellationToken cancel) =>
            AnswerAsync(number, "request.resume", database, context, scope => decide.Resume(scope, number, context.Actor().Name, body.Why), cancel))
            .RequirePermission("requests.write").WithSummary("Say that a request goes on").Produces<RequestSummary>();
    }

    /// <summary>Ends a request without work in the field.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="number">The request.</param>
    /// <param name="who">For the history.</param>
    /// <param name="why">For the history; may be null.</param>
    /// <param name="resolution">One that its service has.</param>
    public RequestProblem? Resolve(WriteScope scope, string number, string who, string? why, string resolution)
    {
        var (ticket, problem) = Movable(scope, number, TicketMove.Resolve);
        if (ticket is null) return problem;
        if (catalogue.Find(ticket.Service) is { } service && !service.Resolutions.Contains(resolution))
            return RequestProblem.Invalid($"resolution '{resolution}' is none of {ticket.Service}: it is one of {string.Join(", ", service.Resolutions)}");
        if (catalogue.Resolution(resolution) is { Closes: false }) return RequestProblem.Invalid($"resolution '{resolution}' leaves something to do and so does not end a request");
        if (TicketStore.Orders(scope.Connection, scope.Transaction, number).Find(o => o.HasBegun && !o.IsComplete) is { } begun)
            return RequestProblem.Conflict($"{begun.CrewName ?? "a crew"} has begun {begun.Number}: let the order end first, or take it back");
        change.Save(scope, ticket, TicketLife.Apply(ticket, TicketMove.Resolve, resolution), who, Line($"Resolved: {catalogue.Resolution(resolution)?.Title ?? resolution}", why));
        scope.Raise(new RequestEnded(number));
        return null;
    }

    /// <summary>Takes an end back: somebody must do the work again, or for the first time.</summary>
    public RequestProblem? Reopen(WriteScope scope, string number, string who, string? why)
    {
        var (ticket, problem) = Movable(scope, number, TicketMove.Reopen);
        if (ticket is null) return problem;
        var next = change.Save(scope, ticket, TicketLife.Apply(ticket, TicketMove.Reopen), who, Line("Opened again", why));
        if (next.Accepted) scope.Raise(new RequestOpened(number));
        return null;
    }

    /// <summary>Stops work until something comes.</summary>
    public RequestProblem? Wait(WriteScope scope, string number, string who, string? why, string reason)
    {
        var (ticket, problem) = Movable(scope, number, TicketMove.Wait);
        if (ticket is null) return problem;
        if (catalogue.PauseReason(reason) is not { } known)
            return RequestProblem.Invalid($"reason '{reason}' is none of the catalogue's: it is one of {string.Join(", ", catalogue.PauseReasons.Select(p => p.Code))}");
        change.Save(scope, ticket, TicketLife.Apply(ticket, TicketMove.Wait, reason), who, Line(known.Title, why));
        return null;
    }

    /// <summary>What it waited for has come.</summary>
    public RequestProblem? Resume(WriteScope scope, string number, string who, string? why)
    {
        var (ticket, problem) = Movable(scope, number, TicketMove.Receive);
        if (ticket is null) return problem;
        if (ticket.Stage != TicketStage.Waiting) return RequestProblem.Conflict($"{number} does not wait: it is at {ticket.Stage}");
        var received = TicketLife.Apply(ticket, TicketMove.Receive);
        change.Save(scope, ticket, TicketLife.After(received, TicketStore.Orders(scope.Connection, scope.Transaction, number)), who, Line("Goes on", why));
        return null;
    }

    private static string Line(string what, string? why) => string.IsNullOrWhiteSpace(why) ? what : $"{what}: {why}";

    private static (Ticket? Ticket, RequestProblem? Problem) Movable(WriteScope scope, string number, TicketMove move)
    {
        if (TicketStore.Find(scope, number) is not { } ticket) return (null, RequestProblem.NotFound(number));
        if (ticket.Parent is { } parent) return (null, RequestProblem.Conflict($"{number} repeats {parent} and follows it: change that one, or undo the merge first"));
        return TicketLife.Allows(ticket.Stage, move) ? (ticket, null) : (null, RequestProblem.Conflict($"{number} is at {ticket.Stage}, from where there is no such step"));
    }

    private static async Task<IResult> AnswerAsync(
        string number, string action, Database database, HttpContext context, Func<WriteScope, RequestProblem?> decide, CancellationToken cancel)
    {
        var actor = context.Actor();
        var expected = Preconditions.Of(context);
        var (ticket, problem) = await database.WriteAsync(scope =>
        {
            if (TicketStore.Find(scope, number) is { } before && !expected.Hold(before.Version)) return (null, RequestProblem.Changed(scope.Connection, before));
            if (decide(scope) is { } refused) return (null, refused);
            Audit.Write(scope, actor, action, number);
            return (TicketStore.Find(scope, number), (RequestProblem?)null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (ticket is null) return problem!.Answer();
        Preconditions.SetTag(context, ticket.Version);
        return TypedResults.Ok(ticket.ToSummary());
    }

    /// <param name="Resolution">Code of the catalogue, to resolve.</param>
    /// <param name="Reason">Code of the catalogue, to wait.</param>
    /// <param name="Why">For the city.</param>
    public sealed record Body(string? Resolution = null, string? Reason = null, string? Why = null);
}
