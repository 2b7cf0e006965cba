using Microsoft.Net.Http.Headers;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// <c>POST /api/requests/{number}/media?public=&amp;caption=</c>: a picture or a recording as the body, with its Content-Type. Read
/// by <c>GET /api/attachments/{sha256}</c>; only the city sees it, unless it is marked public.
/// </summary>
public static class AddMedia
{
    internal const int MaxCaption = 500;
    private const int BufferBytes = 64 * 1024;

    internal static readonly RequestProblem NotForOutside = RequestProblem.Invalid(
        $"only pictures that can be freed of what they say about who took them are shown outside: {string.Join(", ", CleanPicture.Types)}, whole");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/requests/{number}/media", HandleAsync).RequirePermission("requests.write")
        .WithSummary("Put a picture or a recording with a request").Produces<AddNote.Added>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        string number, HttpContext context, Database database, KeepFile files, AttachmentsOptions options, CancellationToken cancel, bool @public = false, string? caption = null)
    {
        if (await database.ReadAsync(c => TicketStore.Find(c, null, number), cancel).ConfigureAwait(false) is null) return RequestProblem.NotFound(number).Answer();
        if (caption?.Length > MaxCaption) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["caption"] = [$"at most {MaxCaption} characters"] });
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        if (type is null || !AttachmentType.All.Contains(type)) return RequestProblem.Invalid($"a file is one of {string.Join(", ", AttachmentType.All)}: say which by Content-Type").Answer();
        if (await ReadAsync(context.Request.Body, options.MaxFileBytes, cancel).ConfigureAwait(false) is not { } bytes)
            return RequestProblem.Invalid($"a file has at most {options.MaxFileBytes} bytes").Answer();
        if (!AttachmentType.Matches(type, bytes)) return RequestProblem.Invalid($"the file does not begin like {type}").Answer();
        if (@public && CleanPicture.Of(type, bytes) is null) return NotForOutside.Answer();
        var file = files.Write(type, bytes);
        var actor = context.Actor();
        var n = await database.WriteAsync(scope =>
        {
            files.Name(scope, number, file);
            Audit.Write(scope, actor, "request.media", number, @public ? $"{file.Sha256} public" : file.Sha256);
            return AddNote.Write(scope, number, actor.Name, HistoryEntry.Media, caption ?? "", @public, file.Sha256, file.Type).N;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Created($"/api/attachments/{file.Sha256}", new AddNote.Added(n, HistoryEntry.UpdateId(number, n), @public));
    }

    private static async Task<byte[]?> ReadAsync(Stream body, int most, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
        {
            if (all.Length + read > most) return null;
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
