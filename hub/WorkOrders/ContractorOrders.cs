using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// The contractor's own doors: <c>GET /api/contractor/work-orders</c>, <c>…/{id}</c> and <c>/api/contractor/live</c>. The role
/// has no permission but this one, so every other endpoint is closed to it. Who works for which contractor:
/// <c>GET</c>, <c>POST</c> and <c>DELETE /api/contractor-members</c>.
/// </summary>
public static class ContractorOrders
{
    public const string Permission = "orders.own";
    private const int UsualLimit = 100;
    private const int MostLimit = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/contractor/work-orders", ListAsync).RequirePermission(Permission).WithSummary("List the contractor's own work orders");
        routes.MapGet("/api/contractor/work-orders/{id}", DetailAsync).RequirePermission(Permission).WithSummary("Read one of the contractor's own work orders");
        routes.MapGet("/api/contractor/live", ContractorFeed.StreamAsync).RequirePermission(Permission).WithSummary("Follow the contractor's own work orders");
        routes.MapGet("/api/contractor-members", async (Database database, CancellationToken cancel) =>
            TypedResults.Ok(new { items = await database.ReadAsync(ContractorStore.All, cancel).ConfigureAwait(false) }))
            .RequirePermission("people.write").WithSummary("List who works for which contractor");
        routes.MapPost("/api/contractor-members", AddAsync).RequirePermission("people.write").WithSummary("Let a person or key see a contractor's orders");
        routes.MapDelete("/api/contractor-members/{actor}", RemoveAsync).RequirePermission("people.write").WithSummary("Let a person or key no longer see a contractor's orders");
    }

    /// <summary>Which contractor asks; null when nobody tied them to one.</summary>
    internal static Task<Contractor?> WhoAsync(HttpContext context, Database database, CancellationToken cancel) =>
        database.ReadAsync(c => ContractorStore.PartyOf(c, context.Actor().Id) is { } party ? Contractor.Read(c, party) : null, cancel);

    internal static ProblemHttpResult NobodysMember() => TypedResults.Problem(
        "you are not tied to a contractor: somebody with people.write does that by POST /api/contractor-members with your id (GET /api/me tells it)",
        statusCode: StatusCodes.Status403Forbidden);

    private static async Task<Results<Ok<ReadOrders.OrderPage>, ValidationProblem, ProblemHttpResult>> ListAsync(
        Database database, HttpContext context, CancellationToken cancel, string? state = null, string? cursor = null, int? limit = null)
    {
        if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
        if (state is not null && !OrderState.All.Contains(state))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["state"] = [$"one of {string.Join(", ", OrderState.All)}"] });
        if (await WhoAsync(context, database, cancel).ConfigureAwait(false) is not { } contractor) return NobodysMember();
        var most = limit ?? UsualLimit;
        var items = await database.ReadAsync(
            c => OrderReading.Page(c, new OrderFilter { Party = contractor.Party, State = state, Before = cursor, Limit = most }), cancel).ConfigureAwait(false);
        return TypedResults.Ok(new ReadOrders.OrderPage([.. items.Select(contractor.Mask)], items.Count == most ? items[^1].Number : null));
    }

    private static async Task<Results<Ok<OwnOrder>, ProblemHttpResult>> DetailAsync(string id, Database database, HttpContext context, CancellationToken cancel)
    {
        if (await WhoAsync(context, database, cancel).ConfigureAwait(false) is not { } contractor) return ReadOrders.Missing(id);
        var detail = await database.ReadAsync(c =>
        {
            if (OrderStore.Find(c, null, id) is not { } order) return null;
            var summary = order.ToSummary(order.Crew is { } crew ? Crews.CrewStore.Name(c, crew) ?? crew : null);
            if (!contractor.Owns(summary)) return null;
            var story = WorkOrder.Read(OrderEventStore.Of(c, null, id), order.ByCrew, order.Kind);
            var own = story.Standing.Where(e => e.FromCrew && e.Crew is { } who && contractor.Crews.Contains(who)).ToList();
            return new OwnOrder(
                contractor.Mask(summary), order.Note, order.DoneAt, order.Area, order.Stops,
                [.. own.Select(e => new OwnAction(Time(e.AtMs), e.Kind, e.Crew!, e.Reason, e.Note, e.At?.Latitude, e.At?.Longitude, e.Point))]);
        }, cancel).ConfigureAwait(false);
        // One that is somebody else's looks like one that is not there.
        return detail is null ? ReadOrders.Missing(id) : TypedResults.Ok(detail);
    }

    private static async Task<Results<NoContent, ValidationProblem>> AddAsync(MemberBody body, Database database, HttpContext context, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        if (!Identifier.IsValid(body.Party ?? "")) errors["party"] = [$"a contractor's id is {Identifier.Rule}"];
        if (body.Actor is not { Length: > 0 and <= 64 }) errors["actor"] = ["the id of a person or key: GET /api/me tells one's own"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        await database.WriteAsync(scope =>
        {
            ContractorStore.Set(scope, body.Actor!, body.Party!);
            Audit.Write(scope, context.Actor(), "contractor.member", body.Party!, body.Actor!);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string actor, Database database, HttpContext context, CancellationToken cancel)
    {
        var removed = await database.WriteAsync(scope =>
        {
            if (!ContractorStore.Remove(scope, actor)) return false;
            Audit.Write(scope, context.Actor(), "contractor.remove", actor);
            return true;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return removed
            ? TypedResults.NoContent()
            : TypedResults.Problem($"'{actor}' works for no contractor: GET /api/contractor-members lists who does", statusCode: StatusCodes.Status404NotFound);
    }

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    public sealed record MemberBody(string? Actor = null, string? Party = null);

    public sealed record OwnOrder(
        OrderSummary Order, string? Note, DateTimeOffset? DoneAt, IReadOnlyList<GeoPoint>? Area, IReadOnlyList<OrderStop>? Stops, IReadOnlyList<OwnAction> History);

    /// <summary>What a crew of the contractor did.</summary>
    public sealed record OwnAction(DateTimeOffset At, OrderEventKind Kind, string Crew, string? Reason, string? Note, double? Lat, double? Lon, RepairPoint? Point);
}
