using System.Text.Json.Nodes;
using ThreeOneOne.Field.Agent.Azure;
using ThreeOneOne.Field.Edge.Tests.Link;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Azure;

/// <summary>The vehicle's link to IoT Hub, against the stand-in of its documentation.</summary>
public sealed class AzurePublisherTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_goes_out_as_telemetry_with_its_lane_by_key_and_by_certificate(bool byCertificate)
    {
        await using var run = new AzureRun(byCertificate);
        await using var link = await run.ConnectAsync();

        Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync(AzureRun.TopicOf(Lane.Up), AzureRun.Bytes("{\"v\":1}"), Qos.AtLeastOnce, retain: true, default));

        var message = Assert.Single(run.Hub.Messages);
        Assert.Equal("up", message.Properties["lane"]);
        Assert.Equal("cambridge-ma", message.Properties["jurisdiction"]);
        Assert.Equal("1", message.Properties["wire"]);
        Assert.False(message.Properties.ContainsKey("mqtt-retain"));
        Assert.Equal("application/octet-stream", message.System["iothub-content-type"]);
        Assert.Equal("{\"v\":1}"u8.ToArray(), message.Body);
    }

    [Fact]
    public async Task What_is_longer_than_256_KB_is_refused_before_it_costs_the_connection()
    {
        await using var run = new AzureRun();
        await using var link = await run.ConnectAsync();

        var whole = new byte[AzurePublisher.MaxBytes];
        Assert.Equal(DeliveryResult.TooLarge, await link.PublishAsync(AzureRun.TopicOf(Lane.Up), whole, Qos.AtLeastOnce, retain: false, default));
        Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync(AzureRun.TopicOf(Lane.Up), whole.AsMemory(512), Qos.AtLeastOnce, retain: false, default));
        Assert.Equal(1, run.Hub.Connects);
        Assert.Empty(run.Hub.Refusals);
    }

    [Fact]
    public async Task Another_vehicles_topic_is_not_sent()
    {
        await using var run = new AzureRun();
        await using var link = await run.ConnectAsync();

        Assert.Equal(DeliveryResult.Refused, await link.PublishAsync("field/v1/cambridge-ma/truck-2/up", AzureRun.Bytes("{}"), Qos.AtLeastOnce, retain: false, default));
        Assert.Empty(run.Hub.Messages);
    }

    [Fact]
    public async Task Tokens_are_renewed_before_they_expire_and_no_record_is_lost_or_refused()
    {
        await using var run = new AzureRun();
        run.Options.TokenMinutes = 0.05;
        run.Hub.Behind = TimeSpan.FromSeconds(30);
        await using var link = await run.ConnectAsync();
        var sent = 0;

        await Eventually.TrueAsync(async () =>
        {
            // As the durable lane does: what was not accepted is sent again.
            if (await link.PublishAsync(AzureRun.TopicOf(Lane.Up), AzureRun.Bytes($"{{\"n\":{sent}}}"), Qos.AtLeastOnce, retain: false, default) == DeliveryResult.Accepted) sent++;
            return run.Hub.Connects >= 4;
        }, "three renewals", TimeSpan.FromMinutes(2));

        Assert.Empty(run.Hub.Refusals);
        var arrived = run.Hub.Messages.Where(m => m.Properties["lane"] == "up").Select(m => System.Text.Encoding.UTF8.GetString(m.Body)).ToHashSet();
        Assert.All(Enumerable.Range(0, sent), n => Assert.Contains($"{{\"n\":{n}}}", arrived));
        // A goodbye each time: no last will.
        Assert.DoesNotContain(run.Hub.Messages, m => m.Properties.ContainsKey("iothub-MessageType"));
    }

    [Fact]
    public async Task A_wrong_key_and_another_vehicles_certificate_are_refused_and_a_mended_key_counts_at_once()
    {
        await using var run = new AzureRun();
        var right = await File.ReadAllTextAsync(run.Options.SasKeyFile);
        await File.WriteAllTextAsync(run.Options.SasKeyFile, Convert.ToBase64String(new byte[32]));
        await using var link = run.Open();
        await Eventually.TrueAsync(() => run.Hub.Refusals.Contains("a wrong signature"), "the refusal");
        var refused = await LinkTest.FirstAsync(link.Events(default), e => !e.Connected);
        Assert.DoesNotContain("sig=", refused.Reason!, StringComparison.Ordinal);

        await File.WriteAllTextAsync(run.Options.SasKeyFile, right);
        await Eventually.TrueAsync(() => link.IsConnected, "the vehicle connects with the right key");

        await using var certified = new AzureRun(byCertificate: true);
        var other = certified.Certificates.Client("truck-2");
        await using var wrong = certified.Open((other.CertificateFile, other.KeyFile));
        await Eventually.TrueAsync(() => certified.Hub.Refusals.Any(r => r.Contains("truck-2", StringComparison.Ordinal)), "the refusal");
        Assert.False(wrong.IsConnected);
    }

    [Fact]
    public async Task A_vehicle_whose_clock_is_behind_is_refused_until_it_knows_the_time()
    {
        await using var run = new AzureRun();
        var behind = TimeSpan.FromHours(3);
        await using var link = run.Open(clock: () => TimeProvider.System.GetUtcNow() - behind);
        await Eventually.TrueAsync(() => run.Hub.Refusals.Contains("an expired token"), "the refusal");

        behind = TimeSpan.Zero;

        await Eventually.TrueAsync(() => link.IsConnected, "the vehicle connects");
    }

    [Fact]
    public async Task A_publish_that_is_not_acknowledged_is_not_accepted_and_an_outage_ends()
    {
        await using var run = new AzureRun();
        await using var link = await run.ConnectAsync();
        run.Hub.KeepsAcknowledgements = true;
        var waiting = link.PublishAsync(AzureRun.TopicOf(Lane.Up), AzureRun.Bytes("{}"), Qos.AtLeastOnce, retain: false, default).AsTask();
        await Eventually.TrueAsync(() => run.Hub.Messages.Count == 1, "the message");
        Assert.False(waiting.IsCompleted);

        run.Hub.IsDown = true;
        run.Hub.Cut(AzureRun.Device);
        Assert.Equal(DeliveryResult.NotConnected, await waiting);
        Assert.Equal(DeliveryResult.NotConnected, await link.PublishAsync(AzureRun.TopicOf(Lane.Up), AzureRun.Bytes("{}"), Qos.AtLeastOnce, retain: false, default));

        (run.Hub.IsDown, run.Hub.KeepsAcknowledgements) = (false, false);
        await Eventually.TrueAsync(() => link.IsConnected, "the vehicle comes back");
        Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync(AzureRun.TopicOf(Lane.Up), AzureRun.Bytes("{}"), Qos.AtLeastOnce, retain: false, default));
    }

    [Fact]
    public async Task A_line_that_breaks_leaves_a_will_and_the_vehicle_comes_back()
    {
        await using var run = new AzureRun();
        await using var link = await run.ConnectAsync();

        run.Hub.Cut(AzureRun.Device);

        await Eventually.TrueAsync(() => run.Hub.Messages.Any(m => m.Properties.GetValueOrDefault("iothub-MessageType") == "Will" && m.Properties["lane"] == "status"), "the last will");
        await Eventually.TrueAsync(() => run.Hub.Connects == 2 && link.IsConnected, "the second connection");
        Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync(AzureRun.TopicOf(Lane.Up), AzureRun.Bytes("{}"), Qos.AtLeastOnce, retain: false, default));
    }

    [Fact]
    public async Task A_direct_method_is_a_message_of_its_lane_and_what_is_none_is_answered_so()
    {
        await using var run = new AzureRun();
        await using var link = await run.ConnectAsync();
        var within = TimeSpan.FromMinutes(1);
        var orders = AzureRun.Bytes("{\"orders\":[]}");

        Assert.Equal(200, (await run.Hub.InvokeAsync(AzureRun.Device, "orders", Method(orders), within))!.Value.Status);
        Assert.Equal(404, (await run.Hub.InvokeAsync(AzureRun.Device, "reboot", Method(orders), within))!.Value.Status);
        Assert.Equal(400, (await run.Hub.InvokeAsync(AzureRun.Device, "orders", AzureRun.Bytes("[1]"), within))!.Value.Status);
        Assert.Equal(200, (await run.Hub.InvokeAsync(AzureRun.Device, "ack", Method(AzureRun.Bytes("{}")), within))!.Value.Status);

        var first = await LinkTest.FirstAsync(link.Messages(default), _ => true);
        Assert.Equal((AzureRun.TopicOf(Lane.Orders), "{\"orders\":[]}"), (first.Topic, LinkTest.Text(first)));
        var second = await LinkTest.FirstAsync(link.Messages(default), _ => true);
        Assert.Equal(AzureRun.TopicOf(Lane.Ack), second.Topic);
    }

    [Fact]
    public async Task A_message_from_the_cloud_beside_methods_and_the_twin_does_not_reach_the_vehicle()
    {
        await using var run = new AzureRun();
        await using var link = await run.ConnectAsync();
        await run.Hub.SendToDeviceAsync(AzureRun.Device, "%24.mid=7&lane=command", AzureRun.Bytes("{\"id\":\"c1\"}"));

        // What comes after it is the first that is heard.
        Assert.Null(await run.Hub.DesireAsync(AzureRun.Device, Desired(Profile(1, 200))));
        Assert.Equal(AzureRun.TopicOf(Lane.Profile), (await LinkTest.FirstAsync(link.Messages(default), _ => true)).Topic);
    }

    [Fact]
    public async Task The_desired_profile_arrives_at_the_connect_and_at_each_change_also_when_throttled()
    {
        await using var run = new AzureRun();
        var (first, second) = (Profile(1, 200), Profile(2, TwinParcel.MaxBytes));
        Assert.Null(await run.Hub.DesireAsync(AzureRun.Device, Desired(first)));
        run.Hub.ThrottleTwins(1);
        await using var link = await run.ConnectAsync();

        Assert.Equal(first, (await LinkTest.FirstAsync(link.Messages(default), m => m.Topic == AzureRun.TopicOf(Lane.Profile))).Payload.ToArray());
        Assert.Null(await run.Hub.DesireAsync(AzureRun.Device, Desired(second)));
        Assert.Equal(second, (await LinkTest.FirstAsync(link.Messages(default), m => m.Topic == AzureRun.TopicOf(Lane.Profile) && !m.Payload.Span.SequenceEqual(first))).Payload.ToArray());
    }

    [Fact]
    public async Task What_the_vehicle_holds_is_reported_once_for_each_change_and_names_no_crew()
    {
        await using var run = new AzureRun();
        await using var link = await run.ConnectAsync();
        var status = new VehicleStatus { Online = true, Epoch = "e1", AgentVersion = "0.1.0", Crew = "paving-alpha", ProfileVersion = 4, ProfileEra = "p", OrdersVersion = 9, OrdersEra = "o" };

        await SayAsync(link, status);
        await Eventually.TrueAsync(() => run.Hub.Reported(AzureRun.Device)["field"]?["orders"]?["version"]?.GetValue<long>() == 9, "the first report");
        await SayAsync(link, status with { Unsent = 5 });
        await SayAsync(link, status with { OrdersVersion = 10 });
        await Eventually.TrueAsync(() => run.Hub.Reported(AzureRun.Device)["field"]?["orders"]?["version"]?.GetValue<long>() == 10, "the second report");

        var reported = run.Hub.Reported(AzureRun.Device)["field"]!;
        Assert.Equal(4, reported["profile"]!["version"]!.GetValue<long>());
        Assert.DoesNotContain("paving-alpha", reported.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_connection_of_the_same_vehicle_ends_the_first()
    {
        await using var run = new AzureRun();
        await using var first = await run.ConnectAsync();
        await using var second = run.Open();

        await Eventually.TrueAsync(() => run.Hub.Refusals.Contains("another connection with the same device id"), "the first one's end");
    }

    private static async Task SayAsync(AzurePublisher link, VehicleStatus status) => Assert.Equal(
        DeliveryResult.Accepted, await link.PublishAsync(AzureRun.TopicOf(Lane.Status), WireCodec.Encode(status, WireJson.Default.VehicleStatus), Qos.AtLeastOnce, retain: true, default));

    private static byte[] Profile(int seed, int bytes)
    {
        var profile = new byte[bytes];
        new Random(seed).NextBytes(profile);
        return profile;
    }

    private static JsonObject Desired(byte[] profile) => new() { ["field"] = new JsonObject { ["profile"] = JsonNode.Parse(Json(j => TwinParcel.Write(j, profile))) } };

    private static byte[] Method(byte[] message) => Json(j => MethodParcel.Write(j, message));

    private static byte[] Json(Action<System.Text.Json.Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(text)) write(json);
        return text.ToArray();
    }
}
