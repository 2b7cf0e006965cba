using System.Text;
using System.Text.Json.Nodes;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

public sealed class BadInputTests
{
    private static readonly DateTimeOffset Future = TimeProvider.System.GetUtcNow().AddHours(1);

    private static byte[] Raw(string json) => Encoding.UTF8.GetBytes(json);

    private static byte[] Shock(Func<ShockObservation, ShockObservation> changed) => Sample.Batch(Sample.Lamp(9) with
    {
        Lamp = null, Shock = changed(new ShockObservation { At = Sample.Lamp(9).Lamp!.At, Kind = ShockKind.Pothole }),
    });

    private static byte[] Changed(WireRecord record, Action<JsonObject> change)
    {
        var node = JsonNode.Parse(Sample.Json(record))!.AsObject();
        change(node);
        return Sample.Batch(Sample.Vehicle, Sample.Epoch, [Encoding.UTF8.GetBytes(node.ToJsonString())]);
    }

    public static TheoryData<string, string, byte[], bool> Messages()
    {
        var up = Sample.UpTopic;
        return new TheoryData<string, string, byte[], bool>
        {
            { AsideReason.BadTopic, "field/v1/cambridge-ma/unit-214/sideways", Sample.Batch(Sample.Lamp(1)), false },
            { AsideReason.BadTopic, "field/v1/cambridge-ma/Unit 214/up", Sample.Batch(Sample.Lamp(1)), false },
            { AsideReason.UnknownVehicle, "field/v1/cambridge-ma/unit-999/up", Sample.Batch("unit-999", Sample.Epoch, [Sample.Json(Sample.Lamp(1))]), false },
            { AsideReason.JurisdictionMismatch, "field/v1/boston-ma/unit-214/up", Sample.Batch(Sample.Lamp(1)), false },
            { AsideReason.WrongVehicle, up, Sample.Batch("unit-215", Sample.Epoch, [Sample.Json(Sample.Lamp(1))]), false },
            { AsideReason.Malformed, up, [], false },
            { AsideReason.Malformed, up, Raw("{\"v\":1,"), false },
            { AsideReason.Malformed, up, [(byte)'B', 1, 2, 3], false },
            { AsideReason.UnknownEncoding, up, [0x1f, 0x8b, 0, 0], false },
            { AsideReason.UnknownVersion, up, Raw("""{"v":2,"vehicle":"unit-214","epoch":"00112233445566ff","records":[]}"""), false },
            { AsideReason.Oversized, up, new byte[WireCodec.MaxEncodedBytes + 1], false },
            { AsideReason.Oversized, up, [(byte)'B', .. WireCodec.Encode(new byte[WireCodec.MaxJsonBytes + 10]).AsSpan(1)], false },
            { AsideReason.Malformed, up, Sample.Batch(Sample.Vehicle, Sample.Epoch, [Raw("{\"seq\":\"one\"}")]), false },
            { AsideReason.Malformed, up, Sample.Batch(Sample.Vehicle, Sample.Epoch, [Raw("{\"seq\":9}")]), true },
            { AsideReason.UnknownKind, up, Changed(Sample.Health(9), r => { r.Remove("health"); r["teleport"] = new JsonObject(); }), true },
            { AsideReason.FutureDated, up, Sample.Batch(Sample.Lamp(9) with { Stamp = Sample.Stamp(time: Future) }), true },
            { AsideReason.FutureDated, up, Sample.Batch(Sample.Track(9) with { Track = Sample.Track(9).Track! with { Start = Future } }), true },
            { AsideReason.ZeroCoordinate, up, Sample.Batch(Sample.Lamp(9) with { Lamp = Sample.Lamp(9).Lamp! with { At = default } }), true },
            { AsideReason.ZeroCoordinate, up, Sample.Batch(Sample.Track(9) with { Track = Sample.Track(9, 1).Track! with { Lat = [0], Lon = [0] } }), true },
            { AsideReason.ZeroCoordinate, up, Sample.Batch(Sample.Lamp(9) with { Lamp = Sample.Lamp(9).Lamp! with { At = new GeoPoint(91, 0) } }), true },
            { AsideReason.Malformed, up, Sample.Batch(Sample.Track(9) with { Track = Sample.Track(9).Track! with { Lat = [1] } }), true },
            { AsideReason.Malformed, up, Changed(Sample.Lamp(9), r => r["stamp"] = null), true },
            { AsideReason.Malformed, up, Changed(Sample.Track(9), r => r["track"]!["lat"] = null), true },
            { AsideReason.Malformed, up, Changed(Sample.Lamp(9), r => r["lamp"]!["pole"] = null), true },
            { AsideReason.Malformed, up, Shock(s => s with { Chances = [0.5, 0.5] }), true },
            { AsideReason.Malformed, up, Shock(s => s with { Chances = [0.9, 0.9, 0, 0, 0] }), true },
            { AsideReason.Malformed, up, Shock(s => s with { Chances = [1.5, -0.5, 0, 0, 0] }), true },
            { AsideReason.Malformed, up, Shock(s => s with { Severity = 1.2 }), true },
            { AsideReason.Malformed, up, Sample.Batch(Sample.Vehicle, Sample.Epoch, [Raw("""{"\ud800":1,"seq":9,"stamp":7}""")]), true },
            { AsideReason.PositionOffShift, up, Sample.Batch(Sample.Track(9) with { Duty = null }), true },
            { AsideReason.PositionOffShift, up, Sample.Batch(Sample.Lamp(9) with { Duty = null }), true },
            { AsideReason.NoDuty, up, Sample.Batch(Sample.Health(9) with { Health = null, Action = new CrewAction { Id = "a", Kind = CrewActionKind.Complete } }), true },
            { AsideReason.SensorOnlyTrack, "field/v1/cambridge-ma/sweeper-1/up", Sample.Batch("sweeper-1", Sample.Epoch, [Sample.Json(Sample.Track(9) with { Duty = null })]), true },
        };
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Bad_input_is_kept_aside_with_its_reason_and_stops_nothing(string reason, string topic, byte[] payload, bool vehicleIsTold)
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        await hub.RegisterAsync("sweeper-1", VehicleKind.SensorOnly);
        hub.Broker.Up(topic, payload);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(100)));
        await hub.DrainedAsync();
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Any(a => a.Ranges.Any(r => r[1] == 100)), "the good record is acknowledged");

        Assert.Equal(1, await hub.AsideAsync(reason));
        Assert.Equal(1, await hub.FigureAsync("records"));
        Assert.Equal(vehicleIsTold, hub.Broker.Acks.Any(a => a.Aside is [{ Seq: 9 } notice] && notice.Reason == reason));
        Assert.Equal(!vehicleIsTold && reason != AsideReason.BadTopic, hub.Broker.Acks.Any(a => a.Refused == reason && a.Ranges.Length == 0));
        var aside = await hub.GetAsync($"/api/aside?reason={reason}");
        var item = Assert.Single(aside.GetProperty("items").EnumerateArray());
        Assert.Equal((reason, topic), (item.GetProperty("reason").GetString(), item.GetProperty("topic").GetString()));
        Assert.NotEqual(0, item.GetProperty("detail").GetString()!.Length);
        if (AsideReason.HidesContent(reason)) Assert.Equal(System.Text.Json.JsonValueKind.Null, item.GetProperty("bytesBase64").ValueKind);
    }

    [Fact]
    public async Task No_place_of_a_crews_vehicle_is_kept_for_inspection_unless_it_says_its_shift()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        var offShift = Sample.Lamp(9) with { Duty = null };
        var plain = WireCodec.Decode(Sample.Batch(offShift)).ToArray();
        hub.Broker.Up(Sample.UpTopic, plain[..^3]);
        hub.Broker.Up("field/v1/cambridge-ma/unit-999/up", plain);
        hub.Broker.Up("field/v1/boston-ma/unit-214/up", plain);
        hub.Broker.Up(Sample.UpTopic, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(plain).Replace("unit-214", "unit-215", StringComparison.Ordinal)));
        hub.Broker.Up(Sample.UpTopic, Changed(offShift, r => { r["teleport"] = r["lamp"]!.DeepClone(); r.Remove("lamp"); }));
        hub.Broker.Up(Sample.UpTopic, Changed(offShift with { Seq = 10 }, r => r["stamp"] = 7));
        hub.Broker.Up(Sample.UpTopic, Changed(offShift, r => r["seq"] = "x"));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(11) with { Stamp = Sample.Stamp(time: Future) }));
        await hub.DrainedAsync();
        var items = (await hub.GetAsync("/api/aside")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(8, items.Count);
        var withPlace = items.Where(i => i.GetProperty("bytesBase64").GetString() is { } bytes
            && Encoding.UTF8.GetString(Convert.FromBase64String(bytes)).Contains("42.37", StringComparison.Ordinal));
        Assert.Equal(AsideReason.FutureDated, Assert.Single(withPlace).GetProperty("reason").GetString());
        Assert.DoesNotContain(items, i => i.GetProperty("detail").GetString()!.Contains("42.37", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_vehicle_that_is_registered_later_loses_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1)));
        await hub.DrainedAsync();
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Any(), "the refusal");
        var refusal = Assert.Single(hub.Broker.Acks);
        Assert.Equal((AsideReason.UnknownVehicle, 0), (refusal.Refused, refusal.Ranges.Length));
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1)));
        await hub.DrainedAsync();
        Assert.Equal(1, await hub.FigureAsync("records"));
    }

    [Fact]
    public async Task What_is_kept_aside_is_bounded_and_the_rest_is_counted()
    {
        await using var hub = await TestHub.StartAsync(ingest: new IngestOptions { AsideMost = 100, AsideBytes = 10 });
        await hub.RegisterAsync();
        for (var i = 0; i < 250; i++) hub.Broker.Up(Sample.UpTopic, Raw($"not json, number {i}"));
        await hub.DrainedAsync();
        var aside = await hub.GetAsync("/api/aside?limit=500");
        Assert.Equal(100, aside.GetProperty("items").GetArrayLength());
        Assert.Equal(150, aside.GetProperty("dropped").GetInt64());
        Assert.Equal(250, aside.GetProperty("counts").GetProperty("unknown-encoding").GetInt64());
        Assert.Equal("not json, "u8.ToArray(), aside.GetProperty("items")[0].GetProperty("bytesBase64").GetBytesFromBase64());
    }

    [Fact]
    public async Task Ten_thousand_corrupt_messages_never_stop_the_loop()
    {
        const int seed = 10_000;
        var random = new Random(seed);
        await using var hub = await TestHub.StartAsync(ingest: new IngestOptions { AsideMost = 500 });
        await hub.RegisterAsync();
        var good = Sample.Batch([.. Enumerable.Range(1, 5).Select(n => n % 2 == 0 ? Sample.Track(n, 5) : Sample.Lamp(n))]);
        var plain = WireCodec.Decode(good).ToArray();
        for (var i = 0; i < 10_000; i++)
        {
            byte[] message = [.. random.Next(2) == 0 ? good : plain];
            for (var flips = random.Next(1, 6); flips > 0; flips--) message[random.Next(message.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) message = message[..random.Next(message.Length)];
            hub.Broker.Up(Sample.UpTopic, message);
        }

        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Health(1_000_000)));
        await Support.Eventually.TrueAsync(() => hub.Broker.Durable.Waiting == 0, "all read", TimeSpan.FromMinutes(3));
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Any(a => a.Ranges.Any(r => r[1] == 1_000_000)), "the good one at the end");
        Assert.True(await hub.AsideAsync(AsideReason.Malformed) > 1_000);
    }
}
