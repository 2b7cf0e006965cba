using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary><c>POST /api/requests</c>: a dispatcher opens a request.</summary>
public static class OpenByHand
{
    private const int MaxDescription = 4_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/requests", HandleAsync).RequirePermission("requests.write");

    private static async Task<Results<Created<RequestSummary>, ValidationProblem>> HandleAsync(
        Request request, Database database, OpenTicket open, HttpContext context, CancellationToken cancel)
    {
        var at = new GeoPoint(request.Lat, request.Lon);
        var errors = new Dictionary<string, string[]>();
        if (!at.IsPlausible) errors["lat"] = ["a WGS 84 latitude and longitude that aren't 0, 0"];
        if (request.Description?.Length > MaxDescription) errors["description"] = [$"at most {MaxDescription} characters"];
        if (await database.ReadAsync(c => TicketStore.Service(c, null, request.Service), cancel).ConfigureAwait(false) is null)
            errors["service"] = ["a code of the service catalogue"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var ticket = await database.WriteAsync(scope =>
        {
            var opened = open.Open(scope, new NewRequest
            {
                Service = request.Service, At = at, Source = "person", Who = actor.Name, Why = "Opened by hand", Description = request.Description,
            });
            Audit.Write(scope, actor, "request.open", opened.Number, request.Service);
            scope.Raise(new RequestOpened(opened.Number));
            return opened;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Created($"/api/requests/{ticket.Number}", ticket.ToSummary());
    }

    public sealed record Request(string Service, double Lat, double Lon, string? Description = null);
}
