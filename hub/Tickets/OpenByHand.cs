using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary><c>POST /api/requests</c>: a dispatcher opens a request.</summary>
public static class OpenByHand
{
    private const int MaxText = 4_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/requests", HandleAsync).RequirePermission("requests.write")
        .WithSummary("Open a service request by hand");

    private static async Task<Results<Created<RequestSummary>, ValidationProblem>> HandleAsync(
        Request request, Database database, ServiceCatalogue catalogue, PoleIndex poles, CityEdge edge, ReportRequest report, HttpContext context, CancellationToken cancel)
    {
        var at = new GeoPoint(request.Lat, request.Lon);
        var errors = new Dictionary<string, string[]>();
        if (!at.IsPlausible) errors["lat"] = ["a WGS 84 latitude and longitude that aren't 0, 0"];
        else if (edge.Fault(at) is { } outside) errors["lat"] = [outside];
        if (request.Description?.Length > MaxText) errors["description"] = [$"at most {MaxText} characters"];
        if (request.ReportedAddress?.Length > MaxText) errors["reportedAddress"] = [$"at most {MaxText} characters"];
        if (request.AccuracyM is { } accuracy && !(accuracy >= 0 && accuracy < 1e6)) errors["accuracyM"] = ["metres, from 0"];
        if (request.Pole is { } pole && poles.Find(pole) is null) errors["pole"] = ["a pole of the inventory: GET /api/street-lights lists them"];
        if (catalogue.Find(request.Service) is not { } service)
        {
            errors["service"] = ["a code of the service catalogue: GET /api/services lists them"];
        }
        else
        {
            foreach (var (code, fault) in service.AttributeFaults(request.Attributes ?? new Dictionary<string, string>())) errors[$"attributes.{code}"] = [fault];
        }

        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var ticket = await database.WriteAsync(scope =>
        {
            var opened = report.Do(scope, new NewRequest
            {
                Service = request.Service, At = at, Source = "person", Who = actor.Name, Why = "Opened by hand", Description = request.Description,
                ReportedAddress = request.ReportedAddress, AccuracyM = request.AccuracyM, Pole = request.Pole, Attributes = request.Attributes,
            }, request.Separate);
            Audit.Write(scope, actor, "request.open", opened.Number, request.Service);
            return opened;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        Preconditions.SetTag(context, ticket.Version);
        return TypedResults.Created($"/api/requests/{ticket.Number}", ticket.ToSummary());
    }

    /// <param name="Service">Service code.</param>
    /// <param name="Lat">Degrees north.</param>
    /// <param name="Lon">Degrees east.</param>
    /// <param name="Description">What is wrong.</param>
    /// <param name="ReportedAddress">The place in the reporter's words.</param>
    /// <param name="AccuracyM">Error of the place, metres; null: as usual.</param>
    /// <param name="Pole">The pole that it is about; null: the nearest one.</param>
    /// <param name="Attributes">Answers to what the service asks, by code.</param>
    /// <param name="Separate">It repeats none of the requests that there are, however near.</param>
    public sealed record Request(
        string Service, double Lat, double Lon, string? Description = null, string? ReportedAddress = null, double? AccuracyM = null, string? Pole = null,
        IReadOnlyDictionary<string, string>? Attributes = null, bool Separate = false);
}
