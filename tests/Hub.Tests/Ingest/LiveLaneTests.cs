using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

public sealed class LiveLaneTests
{
    [Fact]
    public async Task A_position_is_in_memory_and_nowhere_else()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1_000)));
        await hub.DrainedAsync();
        Assert.Equal(Sample.Place, hub.Services.GetRequiredService<LivePositions>().Newest(Sample.Vehicle)!.Position.At);
        Assert.True(hub.Services.GetRequiredService<VehicleStatuses>().Find(Sample.Vehicle).Online);
        Assert.Equal(0, await hub.FigureAsync("records"));
        Assert.Empty(hub.Broker.Published);
    }

    [Fact]
    public async Task A_late_position_never_replaces_a_newer_one()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(5_000, Sample.Place)));
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(4_000, Sample.Place.MovedByM(-100, 0))));
        // Another boot with an older wall clock: late, too, while the held one is fresh.
        var booted = Sample.Live(10) with { Stamp = Sample.Stamp(10, Sample.Time.AddYears(-50)) with { Boot = "ffffffff" }, At = Sample.Place.MovedByM(-200, 0) };
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(booted));
        await hub.DrainedAsync();
        var positions = hub.Services.GetRequiredService<LivePositions>();
        Assert.Equal((Sample.Place, 2), (positions.Newest(Sample.Vehicle)!.Position.At, positions.Late));
    }

    [Fact]
    public async Task A_backlog_of_tracks_amends_history_and_moves_no_marker()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        var positions = hub.Services.GetRequiredService<LivePositions>();
        var moves = 0;
        positions.Received += (_, _) => moves++;
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(5_000, Sample.Place)));
        await hub.DrainedAsync();
        for (var seq = 1; seq <= 20; seq++) hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Track(seq)));
        await hub.DrainedAsync();
        Assert.Equal(20 * 60, await hub.FigureAsync("readings"));
        Assert.Equal((Sample.Place, 1), (positions.Newest(Sample.Vehicle)!.Position.At, moves));
    }

    [Fact]
    public void A_vehicle_that_booted_in_1970_is_shown_once_the_held_position_is_stale()
    {
        var positions = new LivePositions(new IngestOptions { PositionStale = TimeSpan.FromSeconds(60) });
        var vehicle = new Vehicle(Sample.Vehicle, "cambridge-ma", "Unit 214", VehicleKind.Crewed, default);
        var booted = Sample.Live(10) with { Stamp = Sample.Stamp(10, DateTimeOffset.UnixEpoch) with { Boot = "ffffffff" } };
        positions.Publish(new(vehicle, Sample.Live(9_000), Sample.Time));
        positions.Publish(new(vehicle, booted, Sample.Time.AddSeconds(59)));
        Assert.Equal(9_000, positions.Newest(Sample.Vehicle)!.Position.Stamp.MonotonicMs);
        positions.Publish(new(vehicle, booted, Sample.Time.AddSeconds(61)));
        Assert.Equal(10, positions.Newest(Sample.Vehicle)!.Position.Stamp.MonotonicMs);
    }

    [Fact]
    public async Task Off_shift_the_position_is_forgotten()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1_000)));
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, Shift = ShiftState.Off }));
        await hub.DrainedAsync();
        Assert.Null(hub.Services.GetRequiredService<LivePositions>().Newest(Sample.Vehicle));
    }

    [Fact]
    public async Task Bad_positions_are_counted_without_their_content()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        await hub.RegisterAsync("sweeper-1", VehicleKind.SensorOnly);
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1) with { Shift = null }));
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1) with { At = default }));
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1) with { Stamp = Sample.Stamp(1, TimeProvider.System.GetUtcNow().AddHours(1)) }));
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1) with { Version = 9 }));
        hub.Broker.ToLive(Sample.LiveTopic, new byte[20_000]);
        hub.Broker.ToLive(Sample.LiveTopic, "{"u8.ToArray());
        hub.Broker.ToLive(Sample.LiveTopic, """{"v":1,"stamp":null,"at":{"lat":42.3,"lon":-71.1},"shift":"s"}"""u8.ToArray());
        hub.Broker.ToLive("field/v1/boston-ma/unit-214/live", Sample.Encode(Sample.Live(1)));
        hub.Broker.ToLive("field/v1/cambridge-ma/unit-999/status", Sample.Encode(new VehicleStatus { Online = true }));
        hub.Broker.ToLive("field/v1/cambridge-ma/sweeper-1/live", Sample.Encode(Sample.Live(1) with { Shift = null, Crew = null }));
        await hub.DrainedAsync();

        var aside = await hub.GetAsync("/api/aside");
        Assert.Equal(
            ["future-dated", "jurisdiction-mismatch", "malformed", "oversized", "position-off-shift", "unknown-vehicle", "unknown-version", "zero-coordinate"],
            aside.GetProperty("counts").EnumerateObject().Select(p => p.Name).Order());
        Assert.All(aside.GetProperty("items").EnumerateArray(), i => Assert.Equal(System.Text.Json.JsonValueKind.Null, i.GetProperty("bytesBase64").ValueKind));
        var positions = hub.Services.GetRequiredService<LivePositions>();
        Assert.Null(positions.Newest(Sample.Vehicle));
        Assert.NotNull(positions.Newest("sweeper-1"));
    }
}
