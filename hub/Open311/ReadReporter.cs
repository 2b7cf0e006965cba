using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// <c>GET /api/requests/{number}/reporter?reason=</c>: who reported it, to call them back. Whoever looks says why, and that
/// is written down with the answer.
/// </summary>
public static class ReadReporter
{
    private const int LongestReason = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/requests/{number}/reporter", HandleAsync).RequirePermission("reporters.read")
            .WithSummary("Read who reported a request; the reason is audited");
        routes.MapGet("/api/requests/{number}/photos", PhotosAsync).RequirePermission("requests.read")
            .WithSummary("List what residents sent with a request: photos and links");
    }

    private static async Task<Results<Ok<View>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string number, HttpContext context, Database database, CancellationToken cancel, string? reason = null)
    {
        if (await database.ReadAsync(c => TicketStore.Find(c, null, number), cancel).ConfigureAwait(false) is null) return NoRequest(number);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = [$"why you need it, in 1 to {LongestReason} characters"] });
        var found = await database.WriteAsync(scope =>
        {
            if (Open311Store.Reporter(scope.Connection, scope.Transaction, number) is not { } known) return default((Reporter Reporter, DateTimeOffset ReceivedAt)?);
            Audit.Write(scope, context.Actor(), "reporter.read", number, reason);
            return known;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return found is { } f
            ? TypedResults.Ok(new View(f.Reporter.Email, f.Reporter.Phone, f.Reporter.FirstName, f.Reporter.LastName, f.Reporter.DeviceId, f.Reporter.AccountId, f.ReceivedAt))
            : TypedResults.Problem($"nobody is known as reporter of '{number}': none was given, or it has been forgotten", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PhotosView>, ProblemHttpResult>> PhotosAsync(string number, Database database, AttachmentList attachments, CancellationToken cancel)
    {
        var photos = await database.ReadAsync(c => TicketStore.Find(c, null, number) is null ? null : new PhotosView(
            [.. attachments.OfActions(c, [number]).Select(a => new Photo(a.Sha256, a.Type, a.Bytes))], Open311Store.Links(c, null, number)), cancel).ConfigureAwait(false);
        return photos is null ? NoRequest(number) : TypedResults.Ok(photos);
    }

    private static ProblemHttpResult NoRequest(string number) =>
        TypedResults.Problem($"no request has the number '{number}': GET /api/requests lists those there are", statusCode: StatusCodes.Status404NotFound);

    public sealed record View(string? Email, string? Phone, string? FirstName, string? LastName, string? DeviceId, string? AccountId, DateTimeOffset ReceivedAt);

    public sealed record PhotosView(IReadOnlyList<Photo> Photos, IReadOnlyList<string> Links);

    public sealed record Photo(string Sha256, string Type, long Bytes);
}
