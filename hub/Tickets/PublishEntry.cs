using System.Data.Common;
using System.Globalization;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// <c>PUT /api/requests/{number}/history/{n}</c>: marks a note, a file or something that happened as public, or takes that back.
/// What happened needs words for residents; a note has its own.
/// </summary>
public static class PublishEntry
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/requests/{number}/history/{n}", HandleAsync).RequirePermission("requests.write")
        .WithSummary("Mark a line of a request's history as public, or take that back").Produces<RequestSummary>();

    private static async Task<IResult> HandleAsync(string number, string n, Body body, Database database, ShownPicture shown, HttpContext context, CancellationToken cancel)
    {
        if (body.Wording?.Length > AddNote.MaxText) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["wording"] = [$"at most {AddNote.MaxText} characters"] });
        if (body.Public && await database.ReadAsync(c => Line(c, number, n), cancel).ConfigureAwait(false) is { File: { } file } line
            && await shown.OfAsync(line.FileType ?? "", file, cancel).ConfigureAwait(false) is null) return AddMedia.NotForOutside.Answer();
        var actor = context.Actor();
        var (ticket, problem) = await database.WriteAsync<(Ticket?, RequestProblem?)>(scope =>
        {
            if (TicketStore.Find(scope, number) is not { } before) return (null, RequestProblem.NotFound(number));
            if (Line(scope.Connection, number, n) is not { } entry)
                return (null, new RequestProblem(StatusCodes.Status404NotFound, $"the history of {number} has no line {n}"));
            var wording = body.Wording ?? entry.Wording ?? (entry.Kind == HistoryEntry.Change ? null : entry.What);
            if (body.Public && wording is null) return (null, RequestProblem.Invalid("give 'wording': what residents shall read of it"));
            TicketStore.Publish(scope, number, entry.N, body.Public, wording);
            var after = TicketStore.Save(scope, before with { UpdatedAt = scope.Now, SeenChangeAt = scope.Now });
            if (body.Public && after.IsPublic) scope.Raise(new RequestUpdated(number, HistoryEntry.UpdateId(number, entry.N)));
            scope.Raise(new RequestChanged(after.ToSummary()));
            if (after.IsPublic) scope.Raise(new PublicRequestChanged(number));
            Audit.Write(scope, actor, body.Public ? "request.publish" : "request.unpublish", number, $"line {n}");
            return (after, null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (ticket is null) return problem!.Answer();
        Preconditions.SetTag(context, ticket.Version);
        return TypedResults.Ok(ticket.ToSummary());
    }

    private static HistoryEntry? Line(DbConnection connection, string number, string n) =>
        TicketReading.History(connection, number).FirstOrDefault(h => h.N.ToString(CultureInfo.InvariantCulture) == n);

    /// <param name="Public">Residents may read it.</param>
    /// <param name="Wording">What they read; null: as it is.</param>
    public sealed record Body(bool Public = false, string? Wording = null);
}
