using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// <c>GET /api/attachments/{sha256}/original?reason=</c>: a file byte by byte as it came, with whatever it says of place and device: a record.
/// Whoever takes it says why, and that is written down before the answer goes out.
/// </summary>
public static class ReadOriginal
{
    internal const string Permission = "attachments.original";
    private const int ShortestReason = 5;
    private const int LongestReason = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/attachments/{sha256}/original", HandleAsync).RequirePermission(Permission).WithSummary("Read a file as it came; the reason is audited");
        routes.MapPut("/api/attachments/{sha256}/hold", HoldAsync).RequirePermission(Permission).WithSummary("Keep a file whatever its time; the reason is audited");
        routes.MapDelete("/api/attachments/{sha256}/hold", ReleaseAsync).RequirePermission(Permission).WithSummary("Let a file's time count again");
    }

    private static async Task<IResult> HandleAsync(
        string sha256, HttpContext context, Database database, AttachmentStore store, AttachmentFiles files, CancellationToken cancel, string? reason = null)
    {
        if (await database.ReadAsync(c => store.Received(c, sha256), cancel).ConfigureAwait(false) is not { } file || file.Type == AttachmentType.Bundle) return Unknown();
        if (Fault(reason) is { } fault) return fault;
        await database.WriteAsync(scope => { Audit.Write(scope, context.Actor(), "attachment.original", sha256, reason!.Trim()); }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ReadAttachment.Policy;
        headers.CacheControl = "no-store";
        headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(sha256))}:";
        return files.Answer(sha256, file.Type, ReadAttachment.NameOf(sha256, file.Type));
    }

    private static async Task<Results<NoContent, ProblemHttpResult, ValidationProblem>> HoldAsync(
        string sha256, Request request, HttpContext context, Database database, AttachmentStore store, CancellationToken cancel)
    {
        // What a command brought goes by its own time.
        if (await database.ReadAsync(c => store.Received(c, sha256), cancel).ConfigureAwait(false) is null or { Type: AttachmentType.Bundle }) return Unknown();
        if (Fault(request.Reason) is { } fault) return fault;
        await database.WriteAsync(scope =>
        {
            FileLifeStore.Hold(scope, sha256, context.Actor().Name, request.Reason!.Trim());
            Audit.Write(scope, context.Actor(), "attachment.hold", sha256, request.Reason!.Trim());
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReleaseAsync(string sha256, HttpContext context, Database database, CancellationToken cancel)
    {
        var released = await database.WriteAsync(scope =>
        {
            if (!FileLifeStore.Release(scope, sha256)) return false;
            Audit.Write(scope, context.Actor(), "attachment.release", sha256);
            return true;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return released ? TypedResults.NoContent() : TypedResults.Problem("no file with this SHA-256 is held: PUT /api/attachments/{sha256}/hold holds one that is here", statusCode: StatusCodes.Status404NotFound);
    }

    private static ProblemHttpResult Unknown() => TypedResults.Problem(
        "no file with this SHA-256 is here: GET /api/work-orders/{id} lists those of an order", statusCode: StatusCodes.Status404NotFound);

    private static ValidationProblem? Fault(string? reason) => reason?.Trim().Length is >= ShortestReason and <= LongestReason ? null
        : TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = [$"say in {ShortestReason} to {LongestReason} characters why: it is kept in the audit log"] });

    internal sealed record Request(string? Reason = null);
}
