using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Receipts;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Automation;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;
using IngestSample = ThreeOneOne.Field.Hub.Tests.Ingest.Sample;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

/// <summary>A hub that goes on from a backup, among vehicles that know what it has forgotten.</summary>
public sealed class RestoredHubTests : IDisposable
{
    private static readonly string OrdersTopic = new Topic("cambridge-ma", IngestSample.Vehicle, Lane.Orders).ToString();

    private readonly string backup = Path.Combine(Path.GetTempPath(), $"field-backup-{Guid.NewGuid():n}");

    public void Dispose()
    {
        TestStorage.Delete(backup);
    }

    [Fact]
    public async Task Vehicles_get_their_orders_again_in_an_era_of_its_own()
    {
        string lostEra, order;
        await using (var lost = await StartAsync(null))
        {
            lostEra = lost.Services.GetRequiredService<DownlinkEra>().Name;
            lost.Broker.Up(IngestSample.UpTopic, IngestSample.Batch(SignOn()));
            await lost.DrainedAsync();
            order = (await OrderAsync(lost)).Id;
            await Backup.RunAsync(TestStorage.Options(lost.Folder), backup, HubApplication.BackupSteps, TimeProvider.System, default);
            Assert.Equal(lostEra, await EraAsync(lost));
        }

        await using var restored = await StartAsync(await TestStorage.RestoreAsync(backup, HubApplication.BackupSteps));
        var era = restored.Services.GetRequiredService<DownlinkEra>().Name;
        Assert.NotEqual(lostEra, era);
        // What the lost hub gave it since is newer than anything that this one knows of.
        restored.Broker.ToLive(IngestSample.StatusTopic, IngestSample.Encode(new VehicleStatus { Online = true, OrdersEra = lostEra, OrdersVersion = 1_000, OrdersSeen = 1_000 }));
        OrdersState? sent = null;
        await Support.Eventually.TrueAsync(
            () => (sent = restored.Broker.Published.Where(m => m.Topic == OrdersTopic).Select(m => WireCodec.Decode(m.Payload, WireJson.Default.OrdersState)).LastOrDefault()) is not null,
            "orders are sent");
        Assert.Equal(era, sent!.Era);
        Assert.Equal(order, Assert.Single(sent.Orders).Id);
    }

    [Fact]
    public async Task Numbers_that_the_lost_hub_gave_are_not_given_again()
    {
        await using var lost = await StartAsync(null);
        await OrderAsync(lost);
        await Backup.RunAsync(TestStorage.Options(lost.Folder), backup, HubApplication.BackupSteps, TimeProvider.System, default);
        var after = await OrderAsync(lost);
        await using var restored = await StartAsync(await TestStorage.RestoreAsync(backup, HubApplication.BackupSteps));
        // A crew without signal may still close the lost hub's order: it must not close another one.
        var first = await OrderAsync(restored);
        Assert.NotEqual((after.Id, after.Request), (first.Id, first.Request));
        Assert.True(string.CompareOrdinal(first.Number, after.Number) > 0 && string.CompareOrdinal(first.Request, after.Request) > 0);
    }

    [Fact]
    public async Task What_vehicles_gave_up_to_the_lost_hub_is_missing()
    {
        WireRecord[] records = [SignOn() with { Chain = new ChainLink(1, "") }, .. Enumerable.Range(2, 4).Select(n => IngestSample.Health(n))];
        var head = WireCodec.ContentHash(IngestSample.Json(records[0]));
        records[3] = Act(4, "a1") with { Chain = new ChainLink(2, head) };
        head = WireCodec.ContentHash(IngestSample.Json(records[3]));
        await using (var lost = await StartAsync(null))
        {
            lost.Broker.Up(IngestSample.UpTopic, IngestSample.Batch(records[..2]));
            await lost.DrainedAsync();
            await Backup.RunAsync(TestStorage.Options(lost.Folder), backup, HubApplication.BackupSteps, TimeProvider.System, default);
            // Acknowledged: the vehicle deletes them.
            lost.Broker.Up(IngestSample.UpTopic, IngestSample.Batch(records[2..]));
            await lost.DrainedAsync();
        }

        await using var restored = await StartAsync(await TestStorage.RestoreAsync(backup, HubApplication.BackupSteps));
        restored.Broker.ToLive(IngestSample.StatusTopic, IngestSample.Encode(new VehicleStatus { Online = true, Epoch = IngestSample.Epoch, Chains = [new ChainHead(IngestSample.Epoch, 2, head)] }));
        await restored.DrainedAsync();
        // The vehicle has nothing to send, and yet its chain says that an action should be here.
        Assert.Equal("[[2,2]]", (await GapsAsync(restored)).GetProperty("epochs")[0].GetProperty("chain").GetProperty("missing").GetRawText());

        restored.Broker.Up(IngestSample.UpTopic, IngestSample.Batch(Act(6, "a2") with { Chain = new ChainLink(3, head) }));
        await restored.DrainedAsync();
        var gaps = await GapsAsync(restored);
        Assert.Equal((3, 1), (gaps.GetProperty("missing").GetInt32(), gaps.GetProperty("missingLinks").GetInt32()));
        Assert.Equal("[[3,5]]", gaps.GetProperty("epochs")[0].GetProperty("missing").GetRawText());
    }

    private static async Task<TestHub> StartAsync(string? folder)
    {
        var hub = await TestHub.StartAsync(
            folder: folder,
            change: services =>
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
                services.AddReceipts();
            },
            map: app => app.MapReceipts());
        await hub.RegisterAsync();
        return hub;
    }

    private static WireRecord SignOn() =>
        new() { Seq = 1, Stamp = IngestSample.Stamp(), Duty = IngestSample.Duty, Shift = new ShiftChange("shift-1", "crew-1", ShiftState.On, ["m7"]) };

    private static WireRecord Act(long seq, string id) =>
        new() { Seq = seq, Stamp = IngestSample.Stamp(seq), Duty = IngestSample.Duty, Action = new CrewAction { Id = id, Kind = CrewActionKind.Start, Order = "wo-1" } };

    private static Task<JsonElement> GapsAsync(TestHub hub) => hub.GetAsync($"/api/vehicles/{IngestSample.Vehicle}/gaps");

    private static Task<string?> EraAsync(TestHub hub) => hub.Database.ReadAsync(hub.Services.GetRequiredService<VehicleStore>().Era, default);

    private static Task<OrderRecord> OrderAsync(TestHub hub) => hub.Database.WriteAsync(scope =>
    {
        if (CrewStore.FindSummary(scope, "crew-1") is null) CrewStore.Add(scope, new Crew("crew-1", "Crew 1", ["m7"], []));
        var ticket = hub.Services.GetRequiredService<OpenTicket>().Open(scope, new NewRequest { Service = "pothole", At = IngestSample.Place, Source = "person", Who = "Dee", Why = "By hand" });
        return hub.Services.GetRequiredService<CreateOrder>().CreateFor(scope, ticket, "crew-1", "Dee");
    }, WritePriority.Interactive, default);
}
