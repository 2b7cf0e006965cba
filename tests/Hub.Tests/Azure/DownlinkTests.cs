using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Azure;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Azure;

/// <summary>The hub's way to its vehicles through IoT Hub's service API.</summary>
public sealed class DownlinkTests
{
    [Fact]
    public async Task A_record_is_acknowledged_by_a_direct_method_and_orders_wait_for_a_vehicle_that_is_there()
    {
        await using var run = await AzureHub.StartAsync();
        var downlink = run.Hub.Services.GetRequiredService<Downlink>();
        await using var device = await StandInVehicle.ConnectAsync(run);

        using (var taken = await run.PostAsync(AzureHub.Key, "Notification", run.Event(Lane.Up, Sample.Batch(Sample.Lamp(1))))) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await Eventually.TrueAsync(() => device.Taken.Any(t => t.Method == "ack" && WireCodec.Decode(t.Message, WireJson.Default.Ack).Ranges is [[1, 1]]), "the acknowledgement");

        var orders = WireCodec.Encode(new OrdersState { StateVersion = 3, Orders = [] }, WireJson.Default.OrdersState);
        Assert.Equal(DeliveryResult.Accepted, await downlink.SendAsync(Sample.Vehicle, Lane.Orders, orders, default));
        Assert.Contains(device.Taken, t => t.Method == "orders" && t.Message.AsSpan().SequenceEqual(orders));
        device.Answer = 400;
        Assert.Equal(DeliveryResult.Refused, await downlink.SendAsync(Sample.Vehicle, Lane.Orders, orders, default));
        device.Answer = null;
        Assert.Equal(DeliveryResult.TimedOut, await downlink.SendAsync(Sample.Vehicle, Lane.Orders, orders, default));
        await device.DisposeAsync();
        await Eventually.TrueAsync(() => !run.IotHub.IsConnected(Sample.Vehicle), "the vehicle is gone");
        Assert.Equal(DeliveryResult.NotConnected, await downlink.SendAsync(Sample.Vehicle, Lane.Orders, orders, default));
    }

    [Fact]
    public async Task A_throttled_service_is_waited_for_and_one_that_is_away_is_said_to_be()
    {
        await using var run = await AzureHub.StartAsync();
        var downlink = run.Hub.Services.GetRequiredService<Downlink>();
        await using var device = await StandInVehicle.ConnectAsync(run);
        run.IotHub.ThrottleCalls = 2;

        Assert.Equal(DeliveryResult.Accepted, await downlink.SendAsync(Sample.Vehicle, Lane.Orders, "{}"u8.ToArray(), default));

        var said = JsonNode.Parse(await run.Hub.Client.GetStringAsync(new Uri("/api/azure", UriKind.Relative)))!;
        Assert.True(said["throttled"]!.GetValue<int>() >= 2);
        Assert.Single(device.Taken, t => t.Method == "orders");
    }

    [Fact]
    public async Task A_profile_is_the_twins_desired_state_and_a_longer_one_is_named_there_and_comes_by_a_method()
    {
        await using var run = await AzureHub.StartAsync();
        var downlink = run.Hub.Services.GetRequiredService<Downlink>();
        run.IotHub.AddDevice(Sample.Vehicle);
        var profile = Noise(TwinParcel.MaxBytes);

        // Not connected: it waits in the twin.
        Assert.Equal(DeliveryResult.Accepted, await downlink.SendAsync(Sample.Vehicle, Lane.Profile, profile, default));
        Assert.Equal(profile, TwinParcel.Read(JsonSerializer.SerializeToElement(run.IotHub.Desired(Sample.Vehicle)["field"]!["profile"])));

        await using var device = await StandInVehicle.ConnectAsync(run);
        Assert.Equal(DeliveryResult.Accepted, await downlink.SendAsync(Sample.Vehicle, Lane.Profile, profile, default));
        Assert.Equal(profile, Assert.Single(device.Taken, t => t.Method == "profile").Message);

        var longer = Noise(TwinParcel.MaxBytes + 1);
        Assert.Equal(DeliveryResult.Accepted, await downlink.SendAsync(Sample.Vehicle, Lane.Profile, longer, default));
        Assert.Null(TwinParcel.Read(JsonSerializer.SerializeToElement(run.IotHub.Desired(Sample.Vehicle)["field"]!["profile"])));
        Assert.Equal(longer, device.Taken.Last(t => t.Method == "profile").Message);
        Assert.Equal(DeliveryResult.TooLarge, await downlink.SendAsync(Sample.Vehicle, Lane.Profile, Noise(MethodParcel.MaxBytes + 1), default));
    }

    [Fact]
    public async Task Another_vehicle_speaks_through_the_broker_as_before()
    {
        await using var run = await AzureHub.StartAsync("unit-1");
        await using var vehicle = await EnrolledVehicle.EnrolAsync(run.Hub.Client, run.Folder, "unit-2");

        await vehicle.SendAsync(new Topic("cambridge-ma", "unit-2", Lane.Up).ToString(), Sample.Batch("unit-2", Sample.Epoch, [Sample.Json(Sample.Lamp(1))]));

        await Eventually.TrueAsync(() => vehicle.Acks.Any(a => a.Ranges is [[1, 1]]), "the acknowledgement by the broker");
        Assert.Empty(run.IotHub.Calls);
    }

    [Fact]
    public void Settings_that_cannot_work_are_named()
    {
        var options = new AzureOptions { Host = "https://city.azure-devices.net", ServiceUrl = "http://city.example.org", PolicyKeyFile = "/none/key", Vehicles = ["Unit 7"] };
        var wrong = options.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(options)).SelectMany(r => r.MemberNames).ToList();
        Assert.Equal(["Host", "ServiceUrl", "PolicyKeyFile", "WebhookKeyFile", "Vehicles"], wrong);
        Assert.Empty(new AzureOptions().Validate(new System.ComponentModel.DataAnnotations.ValidationContext(options)));
    }

    private static byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        new Random(1).NextBytes(noise);
        return noise;
    }
}
