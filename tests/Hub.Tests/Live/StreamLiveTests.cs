using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Live;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Live;

public sealed class StreamLiveTests
{
    [Fact]
    public async Task A_dispatcher_sees_the_city_and_then_what_moves()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        await using var feed = await FeedReader.OpenAsync(hub);
        Assert.Equal("text/event-stream", feed.Response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(feed.Response.Content.Headers.ContentEncoding);
        var (kind, snapshot) = await feed.NextAsync();
        Assert.Equal("snapshot", kind);
        Assert.Equal(0, snapshot.GetProperty("p").GetArrayLength());
        var unit = Assert.Single(snapshot.GetProperty("units").EnumerateArray());
        Assert.Equal(("unit-214", "crewed", false, "off"), (unit.GetProperty("id").GetString(), unit.GetProperty("kind").GetString(), unit.GetProperty("online").GetBoolean(), unit.GetProperty("shift").GetString()));
        Assert.All(new[] { "requests", "orders", "crews", "counts" }, name => Assert.True(snapshot.TryGetProperty(name, out _), name));

        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1_000)));
        var p = (await feed.NextWithAsync("p")).EnumerateArray().Select(v => v.GetInt64()).ToArray();
        Assert.Equal([unit.GetProperty("n").GetInt64(), 42_373_600, -71_109_700, 90, 800, (long)VehicleActivity.EnRoute], p[..6]);
        // An hour old when the run began, which may take its time.
        Assert.InRange(p[6], 3_590_000, 5_400_000);
        Assert.Equal(0, p[7]);
    }

    [Fact]
    public async Task A_late_position_never_moves_a_marker_backwards()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        await using var feed = await FeedReader.OpenAsync(hub);
        await feed.NextAsync();
        for (var i = 0; i < 20; i++)
        {
            hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(10_000 + i, Sample.Place.MovedByM(i * 10, 0))));
            hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(9_000 + i, Sample.Place.MovedByM(-500, 0))));
        }

        var end = (int)Math.Round(Sample.Place.MovedByM(190, 0).Longitude * 1e6);
        var shown = int.MinValue;
        while (shown != end)
        {
            var longitude = (await feed.NextWithAsync("p"))[2].GetInt32();
            Assert.True(longitude >= shown, $"{longitude} after {shown}");
            shown = longitude;
        }
    }

    [Fact]
    public async Task A_reconnect_resumes_where_it_was()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        string? last;
        await using (var feed = await FeedReader.OpenAsync(hub))
        {
            await feed.NextAsync();
            hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1_000)));
            await feed.NextWithAsync("p");
            last = feed.LastId;
        }

        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(2_000, Sample.Place.MovedByM(50, 0))));
        await hub.DrainedAsync();
        await using var again = await FeedReader.OpenAsync(hub, last);
        var (kind, _) = await again.NextAsync();
        Assert.Equal("tick", kind);
        await Support.Eventually.TrueAsync(() => hub.Services.GetRequiredService<LiveFeed>().Clients == 1, "the first client is gone");
    }

    [Fact]
    public async Task A_status_changes_the_unit_and_off_shift_its_place_is_gone()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(1_000)));
        await hub.DrainedAsync();
        await using var feed = await FeedReader.OpenAsync(hub);
        await feed.NextAsync();
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, Shift = ShiftState.Off, Unsent = 4 }));
        while (true)
        {
            var unit = (await feed.NextWithAsync("units"))[0];
            if (unit.GetProperty("unsent").GetInt32() != 4) continue;
            Assert.Equal(("off", true), (unit.GetProperty("shift").GetString(), unit.GetProperty("online").GetBoolean()));
            break;
        }

        await using var later = await FeedReader.OpenAsync(hub);
        Assert.Equal(0, (await later.NextAsync()).Data.GetProperty("p").GetArrayLength());
    }

    [Fact]
    public async Task A_committed_request_appears_in_the_next_tick()
    {
        await using var hub = await TestHub.StartAsync();
        await using var feed = await FeedReader.OpenAsync(hub);
        await feed.NextAsync();
        var summary = new RequestSummary
        {
            Number = "SR-26-000123", Service = "pothole", Title = "Pothole", Status = "open", Stage = "received", Lat = 42.37, Lon = -71.11, Priority = 2,
            Source = "sensor", OpenedAt = Sample.Time, UpdatedAt = Sample.Time,
        };
        await hub.Database.WriteAsync(scope => scope.Raise(new RequestChanged(summary)), WritePriority.Interactive, default);
        var request = (await feed.NextWithAsync("requests"))[0];
        Assert.Equal(("SR-26-000123", "open"), (request.GetProperty("number").GetString(), request.GetProperty("status").GetString()));
        Assert.EndsWith("Z", request.GetProperty("openedAt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rolled_back_change_is_never_shown()
    {
        await using var hub = await TestHub.StartAsync();
        await using var feed = await FeedReader.OpenAsync(hub);
        await feed.NextAsync();
        var summary = new RequestSummary
        {
            Number = "SR-1", Service = "pothole", Title = "t", Status = "open", Stage = "received", Lat = 42, Lon = -71, Priority = 2,
            Source = "sensor", OpenedAt = Sample.Time, UpdatedAt = Sample.Time,
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Database.WriteAsync(scope =>
        {
            scope.Raise(new RequestChanged(summary));
            throw new InvalidOperationException("rolled back");
        }, WritePriority.Interactive, default));
        await hub.Database.WriteAsync(scope => scope.Raise(new RequestChanged(summary with { Number = "SR-2" })), WritePriority.Interactive, default);
        Assert.Equal("SR-2", Assert.Single((await feed.NextWithAsync("requests")).EnumerateArray()).GetProperty("number").GetString());
    }

    [Fact]
    public async Task A_client_that_reads_nothing_delays_no_one()
    {
        await using var hub = await TestHub.StartAsync(live: new LiveOptions { Tick = TimeSpan.FromMilliseconds(20) });
        for (var i = 0; i < 200; i++) await hub.RegisterAsync($"unit-{i}");
        await using var stalled = await FeedReader.OpenAsync(hub);
        await using var feed = await FeedReader.OpenAsync(hub);
        await feed.NextAsync();
        for (var round = 1; round <= 100; round++)
        {
            for (var i = 0; i < 200; i += 5)
            {
                hub.Broker.ToLive($"field/v1/cambridge-ma/unit-{i}/live", Sample.Encode(Sample.Live(round * 1_000, Sample.Place.MovedByM(round, i))));
            }

            await feed.NextWithAsync("p");
        }
    }

    [Fact]
    public async Task A_tick_holds_only_what_moved()
    {
        await using var hub = await TestHub.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await hub.RegisterAsync($"unit-{i}");
            hub.Broker.ToLive($"field/v1/cambridge-ma/unit-{i}/live", Sample.Encode(Sample.Live(1_000)));
        }

        await hub.DrainedAsync();
        await using var feed = await FeedReader.OpenAsync(hub);
        var (_, snapshot) = await feed.NextAsync();
        var mover = snapshot.GetProperty("units").EnumerateArray().Single(u => u.GetProperty("id").GetString() == "unit-7").GetProperty("n").GetInt32();
        for (var move = 2; move < 6; move++)
        {
            var place = Sample.Place.MovedByM(move, 0);
            hub.Broker.ToLive("field/v1/cambridge-ma/unit-7/live", Sample.Encode(Sample.Live(move * 1_000, place)));
            while (true)
            {
                var moved = (await feed.NextWithAsync("p")).EnumerateArray().Select(v => v.GetInt64()).Chunk(8).ToArray();
                // What came before the snapshot may be told again in the tick after it, together with the first move.
                if (move > 2) Assert.Equal(mover, Assert.Single(moved)[0]);
                if (moved.Any(p => p[0] == mover && p[2] == (long)Math.Round(place.Longitude * 1e6))) break;
            }
        }
    }

    [Fact]
    public async Task The_feed_is_not_for_strangers()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Client.GetAsync(new Uri("/api/live", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hub.Client.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
    }
}
