using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary><c>GET /api/inspection-routes</c> and <c>POST /api/inspection-routes</c>: adds or changes one; <c>active: false</c> lets it rest.</summary>
public static class InspectionRoutes
{
    private const int MostStops = 500;
    private const int MaxText = 120;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/inspection-routes", async (Database database, CancellationToken cancel) =>
            TypedResults.Ok(new { items = await database.ReadAsync(RouteStore.All, cancel).ConfigureAwait(false) })).RequirePermission("orders.read").WithSummary("List inspection routes");
        routes.MapPost("/api/inspection-routes", SaveAsync).RequirePermission("orders.write").WithSummary("Add or change an inspection route");
    }

    private static async Task<Results<Ok<InspectionRoute>, ValidationProblem>> SaveAsync(
        Body body, Database database, ServiceCatalogue catalogue, HubOptions hub, HttpContext context, CancellationToken cancel)
    {
        var minute = 0;
        var errors = new Dictionary<string, string[]>();
        if (!Identifier.IsValid(body.Id ?? "")) errors["id"] = [$"an id is {Identifier.Rule}"];
        if (body.Name is null || body.Name.Trim().Length is 0 or > MaxText) errors["name"] = [$"1 to {MaxText} characters"];
        if (catalogue.Find(body.Service) is null) errors["service"] = ["a code of the service catalogue"];
        if (body.EveryDays is not (>= 1 and <= 3_660)) errors["everyDays"] = ["1 to 3660"];
        if (body.At is { } at)
        {
            if (TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) minute = time.Hour * 60 + time.Minute;
            else errors["at"] = ["a time of the local day, such as 07:30"];
        }

        if (body.Stops is not { Length: > 0 and <= MostStops } stops || stops.Any(s => s is null || string.IsNullOrWhiteSpace(s.Id) || s.Id.Length > 64 || !s.At.IsPlausible)
            || stops.DistinctBy(s => s.Id).Count() != stops.Length)
            errors["stops"] = [$"1 to {MostStops} places, each with an id of its own and at: lat and lon in degrees"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var id = body.Id!;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);
        var actor = context.Actor();
        var (route, fault) = await database.WriteAsync<(InspectionRoute?, string?)>(scope =>
        {
            if (body.Crew is not null && CrewStore.FindSummary(scope, body.Crew) is null) return (null, $"no crew has the id '{body.Crew}'");
            var first = body.FirstDay ?? RouteStore.Find(scope, id)?.NextDay ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(scope.Now, zone).DateTime);
            var made = new InspectionRoute(id, body.Name!.Trim(), body.Service!, body.Crew, [.. body.Stops!], body.EveryDays!.Value, minute, first, body.Active);
            RouteStore.Save(scope, made, zone);
            Audit.Write(scope, actor, "route.save", id, made.Name);
            return (made, null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return route is null ? TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["crew"] = [fault!] }) : TypedResults.Ok(route);
    }

    public sealed record Body(
        string? Id = null, string? Name = null, string? Service = null, string? Crew = null, OrderStop[]? Stops = null, int? EveryDays = null, string? At = null, DateOnly? FirstDay = null, bool Active = true);
}
