using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Automation;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;
using IngestSample = ThreeOneOne.Field.Hub.Tests.Ingest.Sample;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class DeliveryTests
{
    private static readonly string OrdersTopic = new Topic("cambridge-ma", IngestSample.Vehicle, Lane.Orders).ToString();

    [Fact]
    public async Task The_dispatcher_sees_an_order_sent_on_the_vehicle_and_seen()
    {
        await using var hub = await StartAsync();
        var order = await AssignAsync(hub);
        Assert.Equal("sent", (await OrderAsync(hub, order)).Delivery);
        Report(hub, new VehicleStatus { Online = true });
        var sent = await LastSentAsync(hub, o => o.Orders.Length == 1);
        Assert.Equal(hub.Services.GetRequiredService<DownlinkEra>().Name, sent.Era);

        Report(hub, new VehicleStatus { Online = true, OrdersEra = sent.Era, OrdersVersion = sent.StateVersion });
        await DeliveredAsync(hub, order, "on-vehicle");
        Report(hub, new VehicleStatus { Online = true, OrdersEra = sent.Era, OrdersVersion = sent.StateVersion, OrdersSeen = sent.StateVersion });
        await DeliveredAsync(hub, order, "seen");
    }

    [Fact]
    public async Task A_vehicle_that_holds_orders_of_another_era_is_sent_this_ones_until_it_holds_them()
    {
        await using var hub = await StartAsync();
        var order = await AssignAsync(hub);
        // A higher version that another store gave it.
        Report(hub, new VehicleStatus { Online = true, OrdersEra = "00000000000000aa", OrdersVersion = long.MaxValue / 2, OrdersSeen = long.MaxValue / 2 });
        var sent = await LastSentAsync(hub, o => o.Orders.Length == 1);
        Assert.True(sent.StateVersion < long.MaxValue / 2);
        Assert.Equal("sent", (await OrderAsync(hub, order)).Delivery);
        var already = hub.Broker.Published.Count(m => m.Topic == OrdersTopic);
        await Support.Eventually.TrueAsync(() => hub.Broker.Published.Count(m => m.Topic == OrdersTopic) > already, "it is sent again");
        Report(hub, new VehicleStatus { Online = true, OrdersEra = sent.Era, OrdersVersion = sent.StateVersion });
        await DeliveredAsync(hub, order, "on-vehicle");
    }

    [Fact]
    public async Task The_era_lasts_as_long_as_the_store()
    {
        var folder = Directory.CreateTempSubdirectory("field-era-").FullName;
        string first;
        await using (var hub = await StartAsync(folder)) first = hub.Services.GetRequiredService<DownlinkEra>().Name;
        await using (var again = await StartAsync(folder)) Assert.Equal(first, again.Services.GetRequiredService<DownlinkEra>().Name);
        Directory.Delete(folder, recursive: true);
        await using var other = await StartAsync();
        Assert.NotEqual(first, other.Services.GetRequiredService<DownlinkEra>().Name);
    }

    private static async Task<TestHub> StartAsync(string? folder = null)
    {
        var hub = await TestHub.StartAsync(folder: folder, change: services =>
        {
            services.AddSingleton<PoleIndex>();
            services.AddSingleton<RoadStructureIndex>();
            services.AddSingleton(new StreetMap([], [], new StreetsOptions()));
            services.AddClockRepairs(new IngestOptions());
            services.AddCrews();
            services.AddSites(new SitesOptions());
            services.AddStreetLights(new StreetLightsOptions());
            services.AddCatalogue(new CatalogueOptions());
            services.AddDistricts(new DistrictsOptions());
            services.AddAutomation(Sensors.Trusted);
            services.AddTickets(new TicketsOptions());
            services.AddResponsibility(new ResponsibilityOptions());
            services.AddWorkOrders(new WorkOrdersOptions { ResendSeconds = 1 });
            services.AddOrdersDownlink();
        });
        await hub.RegisterAsync();
        return hub;
    }

    /// <summary>A crew signs on to the vehicle and gets an order.</summary>
    private static async Task<string> AssignAsync(TestHub hub)
    {
        await hub.Database.WriteAsync(scope => CrewStore.Add(scope, new Crew("crew-1", "Crew 1", ["m7"], [])), WritePriority.Interactive, default);
        hub.Broker.Up(IngestSample.UpTopic, IngestSample.Batch(new WireRecord
        {
            Seq = 1, Stamp = IngestSample.Stamp(), Duty = IngestSample.Duty, Shift = new ShiftChange("shift-1", "crew-1", ShiftState.On, ["m7"]),
        }));
        await hub.DrainedAsync();
        return await hub.Database.WriteAsync(scope =>
        {
            var ticket = hub.Services.GetRequiredService<OpenTicket>().Open(scope, new NewRequest { Service = "pothole", At = IngestSample.Place, Source = "person", Who = "Dee", Why = "By hand" });
            return hub.Services.GetRequiredService<CreateOrder>().CreateFor(scope, ticket, "crew-1", "Dee").Id;
        }, WritePriority.Interactive, default);
    }

    private static void Report(TestHub hub, VehicleStatus status) => hub.Broker.ToLive(IngestSample.StatusTopic, IngestSample.Encode(status));

    private static Task<OrderSummary> OrderAsync(TestHub hub, string order) =>
        hub.Database.ReadAsync(c => OrderStore.Find(c, null, order)!.ToSummary(null), default);

    private static Task DeliveredAsync(TestHub hub, string order, string delivery) =>
        Support.Eventually.TrueAsync(() => OrderAsync(hub, order).GetAwaiter().GetResult().Delivery == delivery, $"the order is {delivery}");

    private static async Task<OrdersState> LastSentAsync(TestHub hub, Func<OrdersState, bool> wanted)
    {
        OrdersState? Last() => hub.Broker.Published.Where(m => m.Topic == OrdersTopic)
            .Select(m => WireCodec.Decode(m.Payload, WireJson.Default.OrdersState)).LastOrDefault(wanted);
        await Support.Eventually.TrueAsync(() => Last() is not null, "orders are sent");
        return Last()!;
    }
}
