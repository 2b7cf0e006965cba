using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// <c>GET /api/open311/waiting</c>: reports that name an address only; <c>POST /api/open311/waiting/{token}/place</c>: says
/// where one is, which opens its request. Sent again it answers the same request.
/// </summary>
public static class PlaceReport
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/open311/waiting", ListAsync).RequirePermission("requests.read").WithSummary("List residents' reports that wait for a place on the map");
        routes.MapPost("/api/open311/waiting/{token}/place", HandleAsync).RequirePermission("requests.write").WithSummary("Say where a waiting report is, and open its request");
    }

    private static async Task<Ok<Waiting>> ListAsync(Database database, CancellationToken cancel) =>
        TypedResults.Ok(new Waiting(await database.ReadAsync(c => Open311Store.Waiting(c, Most), cancel).ConfigureAwait(false)));

    private static async Task<Results<Ok<Placed>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string token, Request request, HttpContext context, Database database, ReportRequest tickets, KeepFile files, CityEdge edge, CancellationToken cancel)
    {
        if (await database.ReadAsync(c => Open311Store.Token(c, null, token), cancel).ConfigureAwait(false) is null) return NoToken(token);
        var at = new GeoPoint(request.Lat ?? 0, request.Lon ?? 0);
        if (!at.IsPlausible) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["lat"] = ["a WGS 84 latitude and longitude that aren't 0, 0"] });
        if (edge.Fault(at) is { } outside) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["lat"] = [outside] });
        var number = await database.WriteAsync(scope =>
        {
            if (Open311Store.Token(scope.Connection, scope.Transaction, token) is not { } report) return null;
            if (report.Request is { } already) return already;
            var opened = TakeReport.Open(scope, tickets, context.Actor(), report.Service, at, report.Description, report.Address, report.Attributes);
            Open311Store.Place(scope, token, opened);
            Open311Store.MoveReporter(scope, token, opened);
            files.Move(scope, token, opened);
            return opened;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return number is null
            ? NoToken(token)
            : TypedResults.Ok(new Placed(number));
    }

    private static ProblemHttpResult NoToken(string token) =>
        TypedResults.Problem($"no report has the token '{token}': GET /api/open311/waiting lists those that wait", statusCode: StatusCodes.Status404NotFound);

    public sealed record Request(double? Lat = null, double? Lon = null);

    public sealed record Waiting(IReadOnlyList<WaitingReport> Items);

    public sealed record Placed(string Number);
}
