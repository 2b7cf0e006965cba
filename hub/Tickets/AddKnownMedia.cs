using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// <c>POST /api/requests/{number}/media/{sha256}?public=&amp;caption=</c>: puts a picture that the hub has already, such as the crew's of
/// its repair or the resident's own, with a request. Nothing of theirs is shown outside before somebody does this and marks it public.
/// </summary>
public static class AddKnownMedia
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/requests/{number}/media/{sha256}", HandleAsync).RequirePermission("requests.write")
        .WithSummary("Put a picture that the hub has already with a request").Produces<AddNote.Added>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        string number, string sha256, HttpContext context, Database database, AttachmentStore store, ShownPicture shown, CancellationToken cancel, bool @public = false,
        string? caption = null)
    {
        var (ticket, file) = await database.ReadAsync(c => (TicketStore.Find(c, null, number), store.Received(c, sha256)), cancel).ConfigureAwait(false);
        if (ticket is null) return RequestProblem.NotFound(number).Answer();
        if (file is not { } known) return new RequestProblem(StatusCodes.Status404NotFound, "no file with this SHA-256 is here: GET /api/work-orders/{id} and GET /api/requests/{number} list those there are").Answer();
        if (caption?.Length > AddMedia.MaxCaption) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["caption"] = [$"at most {AddMedia.MaxCaption} characters"] });
        if (@public && await shown.OfAsync(known.Type, sha256, cancel).ConfigureAwait(false) is null) return AddMedia.NotForOutside.Answer();
        var actor = context.Actor();
        var n = await database.WriteAsync(scope =>
        {
            Audit.Write(scope, actor, "request.media", number, @public ? $"{sha256} public" : sha256);
            return AddNote.Write(scope, number, actor.Name, HistoryEntry.Media, caption ?? "", @public, sha256, known.Type).N;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Created($"/api/attachments/{sha256}", new AddNote.Added(n, HistoryEntry.UpdateId(number, n), @public));
    }
}
