using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// <c>GET /api/attachments/{sha256}</c>: a file as people see it. It came from outside, so the browser is told to believe the type
/// that was checked, to run nothing, and to save rather than show it when it is opened alone.
/// </summary>
public static class ReadAttachment
{
    internal const string Policy = "default-src 'none'; sandbox; frame-ancestors 'none'";
    private const int ShortName = 12;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/attachments/{sha256}", HandleAsync).RequirePermission("orders.read")
        .WithSummary("Read a photo, voice note or signature");

    private static async Task<IResult> HandleAsync(
        string sha256, HttpContext context, Database database, AttachmentStore store, AttachmentFiles files, ShownPicture shown, CancellationToken cancel)
    {
        var (received, expected) = await database.ReadAsync(c => (store.Received(c, sha256), store.Expected(c, sha256)), cancel).ConfigureAwait(false);
        // A vehicle's log is no picture of an order: it has an address of its own.
        if (received?.Type == AttachmentType.Bundle) received = null;
        if (received is not { } file)
        {
            return TypedResults.Problem(
                expected is null ? "no action names an attachment with this SHA-256: GET /api/work-orders/{id} lists those of an order"
                : expected.Refused is { } reason ? $"it was refused: {reason}"
                : $"it is on its way: {files.Length(expected.Vehicle, sha256)} of {expected.Bytes} bytes are here; the rest is on {expected.Vehicle}",
                statusCode: StatusCodes.Status404NotFound);
        }

        // Of a picture a copy that says nothing but what it shows; the file as it came is a record (ReadOriginal).
        var picture = ShownPicture.Is(file.Type) ? await shown.OfAsync(file.Type, sha256, cancel).ConfigureAwait(false) : null;
        if (ShownPicture.Is(file.Type) && picture is null)
        {
            return TypedResults.Problem(
                $"this picture cannot be taken apart safely and is not shown; as it came: GET /api/attachments/{sha256}/original", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "private, max-age=300";
        return picture is null
            ? files.Answer(sha256, file.Type, NameOf(sha256, file.Type))
            : TypedResults.File(picture, file.Type, NameOf(sha256, file.Type), enableRangeProcessing: true);
    }

    internal static string NameOf(string sha256, string type) => $"{sha256[..ShortName]}{Ending(type)}";

    private static string Ending(string type) => type switch
    {
        AttachmentType.Jpeg => ".jpg",
        AttachmentType.Png => ".png",
        AttachmentType.Webp => ".webp",
        AttachmentType.Ogg => ".ogg",
        AttachmentType.Webm => ".webm",
        _ => "",
    };
}
