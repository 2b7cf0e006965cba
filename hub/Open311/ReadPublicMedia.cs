using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// <c>GET media/{id}.{jpg|png|webp}</c>: a picture that somebody marked as public, freed of everything but the picture. Nothing lists
/// them but the requests that they belong to.
/// </summary>
internal sealed class ReadPublicMedia(Database database, ShownPicture shown, PublicRequests requests, GeoReport report) : IDisposable
{
    private const string Policy = "default-src 'none'; sandbox; frame-ancestors 'none'";
    private const string None = "no public picture is at this address: media_url of GET requests names those there are";
    private const int AtOnce = 4;

    private readonly SemaphoreSlim turns = new(AtOnce);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet($"{GeoReport.Endpoint}/{MediaUrl.Resource}/{{id}}.{{format}}", (string id, string format, ReadPublicMedia media, HttpContext context) => media.RunAsync(id, format, context))
            .WithSummary("Open311: read a public picture of a request");

    public void Dispose() => turns.Dispose();

    private async Task RunAsync(string id, string format, HttpContext context)
    {
        var cancel = context.RequestAborted;
        if (report.OverLimit(context) is { } over)
        {
            await report.WriteAsync(context, over, GeoFormat.Xml).ConfigureAwait(false);
            return;
        }

        var found = await database.ReadAsync(c => PublicReading.Media(c, id), cancel).ConfigureAwait(false);
        var picture = found is { } file && requests.IsPublic(file.Ticket) && MediaUrl.Ending(file.Type) == format ? await CleanAsync(file.Type, file.Sha256, cancel).ConfigureAwait(false) : null;
        if (picture is null)
        {
            await report.WriteAsync(context, GeoAnswer.Missing(None), GeoFormat.Xml).ConfigureAwait(false);
            return;
        }

        var headers = context.Response.Headers;
        context.Response.ContentType = found!.Value.Type;
        context.Response.ContentLength = picture.Length;
        headers.ContentSecurityPolicy = Policy;
        // Short, so that what is taken back is soon gone.
        headers.CacheControl = "public, max-age=300";
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        await context.Response.Body.WriteAsync(picture, cancel).ConfigureAwait(false);
    }

    // A picture is in memory while it is cleaned.
    private async Task<byte[]?> CleanAsync(string type, string sha256, CancellationToken cancel)
    {
        await turns.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await shown.OfAsync(type, sha256, cancel).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }
}
