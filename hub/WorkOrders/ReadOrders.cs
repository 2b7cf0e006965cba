using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary><c>GET /api/work-orders</c> (pages, newest first) and <c>GET /api/work-orders/{id}</c> (with its history).</summary>
public static class ReadOrders
{
    private const int UsualLimit = 100;
    private const int MostLimit = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/work-orders", async Task<Results<Ok<OrderPage>, ValidationProblem>> (
            Database database, CancellationToken cancel, string? state = null, string? crew = null, string? service = null, string? kind = null, string? cursor = null,
            int? limit = null) =>
        {
            if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
            if (state is not null && !OrderState.All.Contains(state))
                return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["state"] = [$"one of {string.Join(", ", OrderState.All)}"] });
            var most = limit ?? UsualLimit;
            var items = await database.ReadAsync(
                c => OrderReading.Page(c, new OrderFilter { State = state, Crew = crew, Service = service, Kind = kind, Before = cursor, Limit = most }), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new OrderPage(items, items.Count == most ? items[^1].Number : null));
        }).RequirePermission("orders.read").WithSummary("List work orders");

        routes.MapGet("/api/work-orders/{id}", async Task<Results<Ok<OrderDetail>, ProblemHttpResult>> (
            string id, Database database, AttachmentList attachments, HttpContext context, CancellationToken cancel) =>
        {
            var (detail, version) = await database.ReadAsync(c => Detail(c, id, attachments), cancel).ConfigureAwait(false);
            if (detail is null) return Missing(id);
            Preconditions.SetTag(context, version);
            return TypedResults.Ok(detail);
        }).RequirePermission("orders.read").WithSummary("Read a work order with its history");

        routes.MapGet("/api/work-orders/figures", async Task<Results<Ok<FiguresPage>, ValidationProblem>> (
            Database database, TimeProvider time, CancellationToken cancel, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        {
            var (start, end) = (from ?? (to ?? time.GetUtcNow()).AddDays(-30), to ?? time.GetUtcNow());
            if (start >= end) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["from"] = ["before to"] });
            return TypedResults.Ok(new FiguresPage(start, end, await database.ReadAsync(c => OrderReading.Figures(c, start, end), cancel).ConfigureAwait(false)));
        }).RequirePermission("orders.read").WithSummary("Count finished work orders, those fixed on the spot apart");
    }

    internal static ProblemHttpResult Missing(string id) =>
        TypedResults.Problem($"no work order has the id '{id}': GET /api/work-orders lists those there are", statusCode: StatusCodes.Status404NotFound);

    internal static (OrderDetail? Detail, long Version) Detail(DbConnection connection, string id, AttachmentList attachments)
    {
        if (OrderStore.Find(connection, null, id) is not { } order) return (null, 0);
        var name = CrewStore.Summaries(connection).FirstOrDefault(s => s.Id == order.Crew)?.Name ?? order.Crew;
        var events = OrderEventStore.Of(connection, null, id);
        var story = WorkOrder.Read(events, order.ByCrew, order.Kind);
        var files = attachments.OfActions(connection, [.. events.Select(e => e.Action).OfType<string>().Distinct()]);
        var detail = new OrderDetail(
            order.ToSummary(name), order.Reason, order.Note, order.Seen, order.DoneAt, [.. events.Select(View)], files,
            [.. story.Points.Select(Point)], [.. story.Visits.Select(View)], order.Area, order.Stops, OrderStore.FollowingId(connection, id), order.Version,
            CityEventStore.Covering(connection, order.Service, [.. story.Standing.Where(e => e.FromCrew).Select(e => e.AtMs)]));
        return (detail, order.Version);
    }

    private static OrderPoint Point(OrderEvent e) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs), e.At?.Latitude, e.At?.Longitude, e.Point?.Type, e.Point?.Quantity ?? 1, e.Point?.Unit, e.Point?.Stop, e.Crew, e.Note);

    private static OrderHistoryEntry View(OrderEvent e) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs), e.Kind, e.Who ?? e.Crew, e.Member, e.Truck, e.Shift,
        e.Reason, e.Note, e.Automatic, e.At?.Latitude, e.At?.Longitude, e.DistanceM, e.Far, e.Resolution, e.To, e.ByRadio ? "radio" : e.FromCrew ? "vehicle" : "office", e.Crew, e.Action);

    public sealed record OrderPage(IReadOnlyList<OrderSummary> Items, string? Next);

    public sealed record OrderDetail(OrderSummary Order, string? Reason, string? Note, bool Seen, DateTimeOffset? DoneAt, IReadOnlyList<OrderHistoryEntry> History, IReadOnlyList<AttachmentView> Attachments,
        IReadOnlyList<OrderPoint> Points, IReadOnlyList<OrderHistoryEntry> LinkedVisits, IReadOnlyList<GeoPoint>? Area, IReadOnlyList<OrderStop>? Stops, string? FollowedBy, long Version,
        IReadOnlyList<CityEvent> CityEvents);

    /// <summary>One repair point, or the answer at one stop.</summary>
    public sealed record OrderPoint(DateTimeOffset At, double? Lat, double? Lon, string? Type, double Quantity, string? Unit, string? Stop, string? Crew, string? Note);

    public sealed record FiguresPage(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<OrderFigures> Items);

    /// <summary>Source is <c>vehicle</c>, <c>radio</c> (who typed what member said) or <c>office</c>; action is the id by which it is taken back.</summary>
    public sealed record OrderHistoryEntry(
        DateTimeOffset At, OrderEventKind Kind, string? Who, string? Member, string? Vehicle, string? Shift, string? Reason, string? Note,
        bool Automatic, double? Lat, double? Lon, double? DistanceM, bool Far, string? Resolution, string? To,
        string Source, string? Crew, string? Action);
}
