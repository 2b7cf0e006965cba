using System.Globalization;
using System.Net;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

public sealed class DayHistoryTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 3, 14, 0, 0, TimeSpan.Zero);
    private static readonly GeoPoint Yard = new(42.3736, -71.1097);

    [Fact]
    public void A_day_is_told_as_stops_and_the_trips_between()
    {
        var day = new Drive(Nine, Yard).Stay(10).Go(2_000, 10).Stay(1).Go(1_000, 10).Stay(5).Go(500, 5);
        var history = DayHistory.Of(day.Fixes);
        Assert.Equal(2, history.Stops.Count);
        // A minute at a traffic light is part of the drive.
        Assert.Equal(2, history.Trips.Count);
        Assert.InRange(history.Trips[0].DistanceM, 2_900, 3_050);
        Assert.InRange(history.Trips[1].DistanceM, 440, 550);
        Assert.Equal(10, history.Trips[0].TopSpeedMps);
        Assert.InRange((history.Stops[0].To - history.Stops[0].From).TotalMinutes, 9.9, 10.2);
        Assert.All(history.Stops, s => Assert.Null(s.Unseen));
        Assert.InRange(history.Stops[0].At.DistanceMTo(Yard), 0, 15);
        // Nothing is told twice: each begins where the one before it ends.
        var spans = history.Trips.Select(t => (t.From, t.To)).Concat(history.Stops.Select(s => (s.From, s.To))).OrderBy(s => s.Item1).ToList();
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
    }

    [Fact]
    public void A_receiver_that_wanders_is_at_one_place()
    {
        var random = new Random(7);
        var fixes = Enumerable.Range(0, 1_200).Select(i => new TrackFix(Nine.AddSeconds(i), Yard.MovedByM(random.NextDouble() * 16 - 8, random.NextDouble() * 16 - 8), random.NextDouble() * 2, null, 2));
        var history = DayHistory.Of(fixes);
        Assert.Empty(history.Trips);
        Assert.Equal(20, (Assert.Single(history.Stops).To - history.Stops[0].From).TotalMinutes, 0.5);
    }

    [Fact]
    public void Time_without_fixes_is_a_stop_only_where_it_was_found_again()
    {
        var parked = DayHistory.Of(new Drive(Nine, Yard).Go(1_000, 10).Silence(60).Go(1_000, 10).Fixes);
        Assert.Equal(2, parked.Trips.Count);
        Assert.InRange(Assert.Single(parked.Stops).Unseen!.Value.TotalMinutes, 59, 61);

        var elsewhere = DayHistory.Of(new Drive(Nine, Yard).Go(1_000, 10).Silence(60, jumpM: 5_000).Go(1_000, 10).Fixes);
        Assert.Empty(elsewhere.Stops);
        Assert.Equal(2, elsewhere.Trips.Count);
        Assert.All(elsewhere.Trips, t => Assert.InRange(t.DistanceM, 900, 1_100));
    }

    [Fact]
    public void The_order_of_arrival_changes_nothing()
    {
        var fixes = new Drive(Nine, Yard).Stay(5).Go(3_000, 12).Stay(4).Silence(20).Go(800, 8).Fixes;
        var expected = DayHistory.Of(fixes);
        var random = new Random(3);
        for (var i = 0; i < 5; i++)
        {
            var again = DayHistory.Of(fixes.Concat(fixes.Take(50)).OrderBy(_ => random.Next()));
            Assert.Equal(expected.Trips, again.Trips);
            Assert.Equal(expected.Stops, again.Stops);
        }
    }

    [Fact]
    public void Few_fixes_are_no_trip()
    {
        Assert.Empty(DayHistory.Of([]).Trips);
        Assert.Empty(DayHistory.Of([new TrackFix(Nine, Yard, 0, null, null)]).Stops);
    }

    [Fact]
    public async Task Whoever_reads_a_day_says_why_and_that_is_written_down()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        // Two in the afternoon in Cambridge, some days ago.
        var start = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date.AddDays(-3).AddHours(19), TimeSpan.Zero);
        var drive = new Drive(start, Yard).Stay(5).Go(2_000, 10).Fixes;
        var records = drive.Chunk(60).Select((minute, i) => new WireRecord
        {
            Seq = i + 1, Stamp = Sample.Stamp(time: minute[0].Time), Duty = Sample.Duty, Track = Track.FromFixes([.. minute.Select(f => f with { At = f.At.Rounded() })]),
        });
        hub.Broker.Up(Sample.UpTopic, Sample.Batch([.. records]));
        await hub.DrainedAsync();
        var day = start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var trip = Assert.Single((await hub.GetAsync($"/api/vehicles/unit-214/trips?day={day}&reason=complaint%2012")).GetProperty("trips").EnumerateArray());
        Assert.InRange(trip.GetProperty("distanceM").GetDouble(), 1_900, 2_100);
        Assert.Single((await hub.GetAsync($"/api/vehicles/unit-214/stops?day={day}&reason=complaint%2012")).GetProperty("stops").EnumerateArray());
        var entries = (await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 100), default)).Where(e => e.Action == "vehicle.history").ToList();
        Assert.Equal([$"stops of {day}: complaint 12", $"trips of {day}: complaint 12"], entries.Select(e => e.Detail));

        foreach (var bad in (string[])["", $"?day={day}", $"?day={day}&reason=%20", "?day=yesterday&reason=x"])
            Assert.Equal(HttpStatusCode.BadRequest, (await hub.Client.FetchAsync("/api/vehicles/unit-214/trips" + bad)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Client.FetchAsync("/api/vehicles/none/trips")).StatusCode);
    }

    /// <summary>A drive as a receiver would tell it, once a second.</summary>
    private sealed class Drive(DateTimeOffset start, GeoPoint place)
    {
        private readonly List<TrackFix> fixes = [];
        private DateTimeOffset now = start;
        private GeoPoint at = place;

        public IReadOnlyList<TrackFix> Fixes => fixes;

        public Drive Stay(double minutes) => Add(minutes * 60, 0);

        public Drive Go(double metres, double speed) => Add(metres / speed, speed);

        public Drive Silence(double minutes, double jumpM = 0)
        {
            now = now.AddMinutes(minutes);
            at = at.MovedByM(0, jumpM);
            return this;
        }

        private Drive Add(double seconds, double speed)
        {
            for (var i = 0; i < seconds; i++)
            {
                fixes.Add(new TrackFix(now, at, speed, null, null));
                now = now.AddSeconds(1);
                at = at.MovedByM(speed, 0);
            }

            return this;
        }
    }
}
