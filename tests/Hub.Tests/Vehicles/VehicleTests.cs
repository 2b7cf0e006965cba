using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Vehicles;

public sealed class VehicleTests
{
    private static readonly Uri All = new("/api/vehicles", UriKind.Relative);

    [Fact]
    public async Task Registering_twice_is_registering_once()
    {
        await using var hub = await TestHub.StartAsync();
        var heard = new List<string>();
        hub.Services.GetRequiredService<VehicleRegistry>().Changed += v => heard.Add(v.Id);
        var body = new { id = "unit-214", name = "Unit 214", kind = "crewed" };
        Assert.Equal(HttpStatusCode.Created, (await hub.Client.PostAsJsonAsync(All, body)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hub.Client.PostAsJsonAsync(All, body)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await hub.Client.PostAsJsonAsync(All, new { id = "unit-214", name = "Other", kind = "crewed" })).StatusCode);
        Assert.Equal(["unit-214"], heard);
        var vehicle = await hub.GetAsync("/api/vehicles/unit-214");
        Assert.Equal(("cambridge-ma", "crewed", false), (vehicle.GetProperty("jurisdiction").GetString(), vehicle.GetProperty("kind").GetString(), vehicle.GetProperty("online").GetBoolean()));
        Assert.Equal(1, (await hub.GetAsync("/api/vehicles")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"id":"Unit 214","name":"x","kind":"crewed"}""", "id")]
    [InlineData("""{"id":"hub","name":"x","kind":"crewed"}""", "id")]
    [InlineData("""{"id":"hub-live","name":"x","kind":"crewed"}""", "id")]
    [InlineData("""{"id":"u","name":" ","kind":"crewed"}""", "name")]
    [InlineData("""{"id":"u","name":"x","kind":"unknown"}""", "kind")]
    [InlineData("""{"id":"u","name":"x","kind":"crewed","jurisdiction":"a/b"}""", "jurisdiction")]
    [InlineData("""{"id":"u","name":"x","kind":"boat"}""", null)]
    [InlineData("""{"name":"x","kind":"crewed"}""", null)]
    [InlineData("""not json""", null)]
    public async Task A_bad_registration_is_answered_with_a_problem(string body, string? field)
    {
        await using var hub = await TestHub.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await hub.Client.PostAsync(All, content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        if (field is not null) Assert.Contains(field, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task A_status_outlives_the_hub_but_online_does_not()
    {
        var folder = Directory.CreateTempSubdirectory("field-hub-").FullName;
        try
        {
            await using (var first = await TestHub.StartAsync(folder: folder))
            {
                await first.RegisterAsync();
                first.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, Epoch = Sample.Epoch, Shift = ShiftState.CallOut, Crew = "crew-1", Unsent = 7, OrdersVersion = 3 }));
                await first.DrainedAsync();
                Assert.True((await first.GetAsync("/api/vehicles/unit-214")).GetProperty("online").GetBoolean());
            }

            await using var second = await TestHub.StartAsync(folder: folder);
            var vehicle = await second.GetAsync("/api/vehicles/unit-214");
            Assert.False(vehicle.GetProperty("online").GetBoolean());
            Assert.Equal((7, "callOut", "crew-1", 3), (vehicle.GetProperty("unsent").GetInt32(), vehicle.GetProperty("shift").GetString(), vehicle.GetProperty("crew").GetString(), vehicle.GetProperty("ordersVersion").GetInt64()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_last_will_shows_the_vehicle_offline()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true }));
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = false }));
        await hub.DrainedAsync();
        Assert.False((await hub.GetAsync("/api/vehicles/unit-214")).GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task The_last_will_takes_back_nothing_of_what_the_vehicle_said_and_is_not_hearing_it()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        var will = new VehicleStatus { Online = false };
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(will));
        await hub.DrainedAsync();
        Assert.Equal(JsonValueKind.Null, (await hub.GetAsync("/api/vehicles/unit-214")).GetProperty("lastSeen").ValueKind);

        var said = new VehicleStatus
        {
            Online = true, Epoch = Sample.Epoch, Shift = ShiftState.On, ShiftId = "s1", Crew = "c1", OrdersVersion = 4, Unsent = 9, UnsentActions = 2, DeviceTime = Sample.Time,
        };
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(said));
        await hub.DrainedAsync();
        var heard = (await hub.GetAsync("/api/vehicles/unit-214")).GetProperty("lastSeen").GetDateTimeOffset();
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(will));
        await hub.DrainedAsync();
        var vehicle = await hub.GetAsync("/api/vehicles/unit-214");
        Assert.Equal((false, 9, 2, 4, "on"), (
            vehicle.GetProperty("online").GetBoolean(), vehicle.GetProperty("unsent").GetInt32(), vehicle.GetProperty("unsentActions").GetInt32(),
            vehicle.GetProperty("ordersVersion").GetInt32(), vehicle.GetProperty("shift").GetString()));
        Assert.Equal(heard, vehicle.GetProperty("lastSeen").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_goodbye_that_the_broker_kept_is_not_hearing_the_vehicle_again()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        var goodbye = new VehicleStatus { Online = false, Epoch = Sample.Epoch, DeviceTime = Sample.Time };
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(goodbye));
        await hub.DrainedAsync();
        var heard = (await hub.GetAsync("/api/vehicles/unit-214")).GetProperty("lastSeen").GetDateTimeOffset();
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(goodbye));
        await hub.DrainedAsync();
        Assert.Equal(heard, (await hub.GetAsync("/api/vehicles/unit-214")).GetProperty("lastSeen").GetDateTimeOffset());
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(goodbye with { DeviceTime = Sample.Time.AddHours(1) }));
        await hub.DrainedAsync();
        Assert.True(heard < (await hub.GetAsync("/api/vehicles/unit-214")).GetProperty("lastSeen").GetDateTimeOffset());
    }

    [Fact]
    public async Task Downlink_uses_the_registrys_jurisdiction_and_counts()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync(jurisdiction: "reno-nv");
        var downlink = hub.Services.GetRequiredService<Downlink>();
        Assert.Equal(DeliveryResult.Accepted, await downlink.SendAsync(Sample.Vehicle, Lane.Orders, "{}"u8.ToArray(), default));
        Assert.Equal(DeliveryResult.NotConnected, await downlink.SendAsync("unit-999", Lane.Orders, "{}"u8.ToArray(), default));
        Assert.Equal("field/v1/reno-nv/unit-214/down/orders", Assert.Single(hub.Broker.Published).Topic);
        Assert.Equal((1, 1), (downlink.Sent, downlink.Failed));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await downlink.SendAsync(Sample.Vehicle, Lane.Up, default, default));
    }
}
