using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Makes an order: for a request, by rule, for a crew that fixed something on the spot, or by hand without any request, also
/// for an area or a block face (<c>POST /api/work-orders</c>).
/// </summary>
public sealed class CreateOrder(OrderMaker maker, RefoldOrders refold, StreetMap streets, ServiceCatalogue catalogue)
{
    private const int MaxTitle = 120;
    private const int MaxNote = 4_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/work-orders", HandleAsync).RequirePermission("orders.write").WithSummary("Make a work order for a request, a place or an area");

    /// <summary>Makes the order; who has it, and all else, its history says.</summary>
    public OrderRecord Create(WriteScope scope, Ticket ticket, bool byCrew) => maker.Make(scope, NewOrder.Of(ticket) with { ByCrew = byCrew });

    /// <summary>Makes a request's order and gives it to a crew, or leaves it waiting.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="ticket">The request.</param>
    /// <param name="crew">Null: it waits.</param>
    /// <param name="who">Who makes it.</param>
    /// <param name="party">The contractor whose work it is; null: the city's own.</param>
    public OrderRecord CreateFor(WriteScope scope, Ticket ticket, string? crew, string who, string? party = null) =>
        CreateFor(scope, NewOrder.Of(ticket) with { Party = party }, crew, who);

    /// <inheritdoc cref="CreateFor(WriteScope, Ticket, string?, string, string?)"/>
    public OrderRecord CreateFor(WriteScope scope, NewOrder what, string? crew, string who)
    {
        var order = maker.Make(scope, what with { Address = what.Address ?? streets.Locate(what.At)?.Text });
        OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Assign, crew, who);
        refold.Refold(scope, order.Id);
        // Folding an order that waits changes nothing, so nobody has heard of it yet.
        if (crew is null) refold.Announce(scope, order);
        return OrderStore.Find(scope, order.Id)!;
    }

    private static async Task<Results<Created<OrderSummary>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        Body body, Database database, CreateOrder create, Responsibilities responsibilities, HttpContext context, CancellationToken cancel)
    {
        var errors = Check(body);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var (summary, problem) = await database.WriteAsync<(OrderSummary?, string?)>(scope =>
        {
            var (what, fault) = create.Read(scope, body);
            if (what is null) return (null, fault);
            if (what.Request is { } number && responsibilities.Blocks(scope, number) is { } blocked) return (null, blocked);
            var crew = body.Crew is null ? null : CrewStore.FindSummary(scope, body.Crew);
            if (body.Crew is not null && crew is null) return (null, $"no crew has the id '{body.Crew}': GET /api/crews lists those there are");
            var order = create.CreateFor(scope, what, body.Crew, actor.Name);
            Audit.Write(scope, actor, "order.create", order.Id, order.Request ?? order.Title);
            return (order.ToSummary(crew?.Name), null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return summary is null
            ? TypedResults.Problem(problem, statusCode: StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Created($"/api/work-orders/{summary.Id}", summary);
    }

    private (NewOrder? What, string? Fault) Read(WriteScope scope, Body body)
    {
        var area = body.Area?.Select(p => p.Rounded()).ToArray();
        if (body.Request is { } number)
        {
            if (TicketStore.Find(scope, number) is not { } ticket) return (null, $"no request has the number '{number}': GET /api/requests lists those there are");
            return (NewOrder.Of(ticket) with
            {
                Kind = body.Kind ?? OrderKind.Repair, Area = area, Title = body.Title?.Trim() ?? ticket.Title, Note = body.Note ?? ticket.Description,
                Priority = body.Priority ?? ticket.Priority, TargetAt = body.TargetAt ?? ticket.TargetAt, Party = body.Party,
            }, null);
        }

        if (catalogue.Find(body.Service) is not { } service)
            return (null, $"the catalogue has no service '{body.Service}'");
        return (new NewOrder
        {
            Service = service.Code, Title = body.Title?.Trim() ?? service.Title, Kind = body.Kind ?? OrderKind.Repair, Area = area,
            At = area is { Length: > 0 } ? OrderArea.Middle(area) : new GeoPoint(body.Lat!.Value, body.Lon!.Value).Rounded(),
            Note = body.Note, Priority = body.Priority ?? 3, TargetAt = body.TargetAt, Party = body.Party,
        }, null);
    }

    private static Dictionary<string, string[]> Check(Body body)
    {
        var errors = new Dictionary<string, string[]>();
        var hasPlace = body.Lat is { } lat && body.Lon is { } lon && new GeoPoint(lat, lon).IsPlausible;
        if (body.Request is null && body.Service is null) errors["request"] = ["the number of a request, or a service with a place or an area"];
        if (body.Request is null && !hasPlace && body.Area is not { Length: > 1 }) errors["lat"] = ["lat and lon in degrees, or an area of at least two places"];
        if (body.Area is { } area && (area.Length is < 2 or > OrderArea.MostCorners || !area.All(p => p.IsPlausible)))
            errors["area"] = [$"2 (a block face) to {OrderArea.MostCorners} places, each with lat and lon in degrees"];
        if (body.Kind is not null && !OrderKind.All.Contains(body.Kind)) errors["kind"] = [$"one of {string.Join(", ", OrderKind.All)}"];
        if (body.Title is { } title && (title.Trim().Length is 0 or > MaxTitle)) errors["title"] = [$"1 to {MaxTitle} characters"];
        if (body.Note?.Length > MaxNote) errors["note"] = [$"at most {MaxNote} characters"];
        if (body.Priority is < 1 or > 4) errors["priority"] = ["1 (most urgent) to 4"];
        if (body.Party is not null && !Identifier.IsValid(body.Party)) errors["party"] = [$"a contractor's id is {Identifier.Rule}; leave it out for the city's own work"];
        return errors;
    }

    public sealed record Body(
        string? Request = null, string? Crew = null, string? Service = null, double? Lat = null, double? Lon = null, GeoPoint[]? Area = null, string? Title = null,
        string? Note = null, string? Kind = null, int? Priority = null, DateTimeOffset? TargetAt = null, string? Party = null);
}
