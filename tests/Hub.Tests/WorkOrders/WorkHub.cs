using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

/// <summary>A domain hub with work orders, two crews and an office that makes orders by hand.</summary>
internal static class WorkHub
{
    public static async Task<DomainHub> StartAsync(WorkOrdersOptions? options = null)
    {
        var hub = TicketsHub.Start(services =>
        {
            services.AddSingleton(new LivePositions(new IngestOptions()));
            services.AddResponsibility(new ResponsibilityOptions());
            services.AddWorkOrders(options ?? new WorkOrdersOptions());
        });
        // The office's clock stands before the crews' day, as it would.
        hub.Time.Step(Sample.Start - hub.Time.GetUtcNow());
        await hub.Database.WriteAsync(scope =>
        {
            foreach (var id in new[] { "c1", "c2" }) CrewStore.Add(scope, new Crew(id, $"Crew {id}", ["m1"], []));
        }, WritePriority.Interactive, default);
        return hub;
    }

    /// <summary>A request by hand and its order.</summary>
    public static Task<OrderRecord> OrderAsync(this DomainHub hub, string? crew = "c1", GeoPoint? at = null, string kind = OrderKind.Repair) =>
        hub.Database.WriteAsync(scope =>
        {
            var ticket = hub.Get<OpenTicket>().Open(scope, new NewRequest { Service = "pothole", At = at ?? Sample.Origin, Source = "person", Who = "Dee", Why = "By hand" });
            return hub.Get<CreateOrder>().CreateFor(scope, NewOrder.Of(ticket) with { Kind = kind }, crew, "Dee");
        }, WritePriority.Interactive, default);

    public static Task<OrderRecord> FindAsync(this DomainHub hub, string id) => hub.Database.ReadAsync(c => OrderStore.Find(c, null, id)!, default);

    public static Task<IReadOnlyList<OrderSummary>> OrdersAsync(this DomainHub hub) => hub.Database.ReadAsync(c => OrderStore.Page(c, null, null, null, 1_000), default);

    public static Task<OrderStory> StoryAsync(this DomainHub hub, string id) => hub.Database.ReadAsync(c =>
    {
        var order = OrderStore.Find(c, null, id)!;
        return WorkOrder.Read(OrderEventStore.Of(c, null, id), order.ByCrew, order.Kind);
    }, default);

    /// <summary>All orders that are not cancelled: crew, state, what counts and what is a linked visit, by the actions' names.</summary>
    public static async Task<List<string>> LiveAsync(this DomainHub hub)
    {
        var orders = new List<string>();
        foreach (var order in (await hub.OrdersAsync()).Where(o => o.State != OrderState.Cancelled))
        {
            var story = await hub.StoryAsync(order.Id);
            orders.Add($"{order.Crew} {order.State} [{string.Join(' ', story.Points.Select(p => p.Action))}] [{string.Join(' ', story.Visits.Select(v => v.Action))}]");
        }

        orders.Sort(StringComparer.Ordinal);
        return orders;
    }
}
