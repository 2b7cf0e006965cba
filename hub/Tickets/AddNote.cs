using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary><c>POST /api/requests/{number}/notes</c>: what somebody noted. Only the city reads it, unless it is marked public.</summary>
public static class AddNote
{
    public const int MaxText = 4_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/requests/{number}/notes", HandleAsync).RequirePermission("requests.write")
        .WithSummary("Note something about a request").Produces<Added>(StatusCodes.Status201Created);

    /// <summary>Writes a note.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="number">A request that there is.</param>
    /// <param name="who">Who wrote it; never leaves the city.</param>
    /// <param name="text">At most <see cref="MaxText"/> characters.</param>
    /// <param name="isPublic">Residents may read the text.</param>
    /// <returns>Its id as an update of the request.</returns>
    public static string Do(WriteScope scope, string number, string who, string text, bool isPublic) =>
        HistoryEntry.UpdateId(number, Write(scope, number, who, HistoryEntry.Note, text, isPublic, file: null, fileType: null).N);

    internal static (Ticket Ticket, long N) Write(WriteScope scope, string number, string who, string kind, string text, bool isPublic, string? file, string? fileType)
    {
        var ticket = TicketStore.Find(scope, number) ?? throw new InvalidOperationException($"no request {number}");
        ticket = TicketStore.Save(scope, ticket with { UpdatedAt = scope.Now, SeenChangeAt = isPublic ? scope.Now : ticket.SeenChangeAt });
        var n = TicketStore.AddHistory(scope, ticket, who, text, kind, isPublic, isPublic ? text : null, file, fileType);
        if (isPublic && ticket.IsPublic)
        {
            scope.Raise(new RequestUpdated(number, HistoryEntry.UpdateId(number, n)));
            scope.Raise(new PublicRequestChanged(number));
        }

        scope.Raise(new RequestChanged(ticket.ToSummary()));
        return (ticket, n);
    }

    private static async Task<IResult> HandleAsync(string number, Body body, Database database, HttpContext context, CancellationToken cancel)
    {
        if (await database.ReadAsync(c => TicketStore.Find(c, null, number), cancel).ConfigureAwait(false) is null) return RequestProblem.NotFound(number).Answer();
        var text = body.Text?.Trim() ?? "";
        if (text.Length is 0 or > MaxText) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["text"] = [$"1 to {MaxText} characters"] });
        var actor = context.Actor();
        var (ticket, n) = await database.WriteAsync(scope =>
        {
            var note = Write(scope, number, actor.Name, HistoryEntry.Note, text, body.Public, file: null, fileType: null);
            Audit.Write(scope, actor, "request.note", number, body.Public ? "public" : "");
            return note;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        Preconditions.SetTag(context, ticket.Version);
        return TypedResults.Created($"/api/requests/{number}", new Added(n, HistoryEntry.UpdateId(number, n), body.Public));
    }

    /// <param name="N">Place in the history.</param>
    /// <param name="Id">Id as an update of the request.</param>
    /// <param name="Public">Residents may read it.</param>
    public sealed record Added(long N, string Id, bool Public);

    /// <param name="Text">What to note.</param>
    /// <param name="Public">Residents may read it.</param>
    public sealed record Body(string? Text = null, bool Public = false);
}
