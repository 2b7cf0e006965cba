using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary><c>GET /api/work-orders</c> (pages, newest first) and <c>GET /api/work-orders/{id}</c> (with its history).</summary>
public static class ReadOrders
{
    private const int UsualLimit = 100;
    private const int MostLimit = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/work-orders", async Task<Results<Ok<OrderPage>, ValidationProblem>> (
            Database database, CancellationToken cancel, string? state = null, string? crew = null, string? cursor = null, int? limit = null) =>
        {
            if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
            if (state is not null && !OrderState.All.Contains(state))
                return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["state"] = [$"one of {string.Join(", ", OrderState.All)}"] });
            var most = limit ?? UsualLimit;
            var items = await database.ReadAsync(c => OrderStore.Page(c, state, crew, cursor, most), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new OrderPage(items, items.Count == most ? items[^1].Number : null));
        }).RequirePermission("orders.read");

        routes.MapGet("/api/work-orders/{id}", async Task<Results<Ok<OrderDetail>, ProblemHttpResult>> (string id, Database database, AttachmentList attachments, CancellationToken cancel) =>
        {
            var detail = await database.ReadAsync(c =>
            {
                if (OrderStore.Find(c, null, id) is not { } order) return null;
                var name = CrewStore.Summaries(c).FirstOrDefault(s => s.Id == order.Crew)?.Name ?? order.Crew;
                var events = OrderEventStore.Of(c, null, id);
                var files = attachments.OfActions(c, [.. events.Select(e => e.Action).OfType<string>().Distinct()]);
                return new OrderDetail(order.ToSummary(name), order.Reason, order.Note, order.Seen, order.DoneAt, [.. events.Select(View)], files);
            }, cancel).ConfigureAwait(false);
            return detail is null
                ? TypedResults.Problem($"no work order has the id '{id}': GET /api/work-orders lists those there are", statusCode: StatusCodes.Status404NotFound)
                : TypedResults.Ok(detail);
        }).RequirePermission("orders.read");
    }

    private static OrderHistoryEntry View(OrderEvent e) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs), e.Kind, e.Who ?? e.Crew, e.Member, e.FromCrew ? e.Vehicle : null, e.Shift,
        e.Reason, e.Note, e.Automatic, e.At?.Latitude, e.At?.Longitude, e.DistanceM, e.Far);

    public sealed record OrderPage(IReadOnlyList<OrderSummary> Items, string? Next);

    public sealed record OrderDetail(OrderSummary Order, string? Reason, string? Note, bool Seen, DateTimeOffset? DoneAt, IReadOnlyList<OrderHistoryEntry> History, IReadOnlyList<AttachmentView> Attachments);

    public sealed record OrderHistoryEntry(
        DateTimeOffset At, OrderEventKind Kind, string? Who, string? Member, string? Vehicle, string? Shift, string? Reason, string? Note,
        bool Automatic, double? Lat, double? Lon, double? DistanceM, bool Far);
}
