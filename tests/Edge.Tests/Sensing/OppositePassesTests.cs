using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class OppositePassesTests : IDisposable
{
    private static readonly DateTimeOffset Begins = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(7);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.9, 0.0, 40.0)]
    [InlineData(0.9, 0.5, 250.0)]
    [InlineData(1.9, 0.3, 180.0)]
    public void Things_that_both_directions_feel_tell_the_lag_without_any_braking(double trueLag, double applied, double course)
    {
        var passes = new OppositePasses();
        ThereAndBack(passes, trueLag, applied, course, things: 20);

        var learned = passes.Combine(null);
        Assert.NotNull(learned);
        Assert.Equal(trueLag, learned.Value.Seconds, 0.08);
        Assert.InRange(learned.Value.SigmaSeconds, 0.005, 0.06);
        Assert.Equal(20, learned.Value.Pairs);
    }

    [Fact]
    public void Where_speeds_are_fresher_than_places_the_places_are_believed()
    {
        var passes = new OppositePasses();
        var braking = new LagEstimate(0.35, 0.03) { Brakings = 60 };
        Assert.Equal(0.35, passes.Combine(braking)!.Value.Seconds, 0.01);

        ThereAndBack(passes, trueLag: 1.05, applied: 0.35, course: 90, things: 20, braking);

        var learned = passes.Combine(braking)!.Value;
        Assert.Equal(1.05, learned.Seconds, 0.08);
        Assert.Equal((0.35, 60, 20), (learned.OfSpeedSeconds, learned.Brakings, learned.Pairs));
    }

    [Fact]
    public void Other_things_on_the_way_back_teach_nothing()
    {
        var passes = new OppositePasses();
        var braking = new LagEstimate(0.5, 0.03);
        for (var i = 0; i < 60; i++) passes.Take(Put(60 * i, 0, 10, 0, 0.5), braking);
        for (var i = 0; i < 60; i++) passes.Take(Put(60 * _random.NextDouble() * 60, 0, 10, 180, 0.5), braking);

        Assert.InRange(passes.Pairs, 20, 60);
        Assert.Equal(0.5, passes.Combine(braking)!.Value.Seconds, 0.1);
    }

    [Fact]
    public void Right_pairs_are_found_among_twice_as_many_wrong_ones()
    {
        var passes = new OppositePasses();
        List<(double AlongM, bool Both)> things = [.. Enumerable.Range(0, 30).Select(i => (100.0 * i, true)), .. Enumerable.Range(0, 60).Select(_ => (3000 * _random.NextDouble(), false))];
        foreach (var (along, _) in things) passes.Take(Put(along - 10 * 0.8, Error(), 10, 0, 0), null);
        foreach (var (along, both) in things) passes.Take(Put((both ? along : 3000 * _random.NextDouble()) + 12 * 0.8, Error(), 12, 180, 0), null);

        Assert.Equal(0.8, passes.Combine(null)!.Value.Seconds, 0.1);
    }

    [Theory]
    // Beside; across; slow; without a good sky; the same way.
    [InlineData(20.0, 180.0, 10.0, 0.9)]
    [InlineData(0.0, 140.0, 10.0, 0.9)]
    [InlineData(0.0, 180.0, 2.0, 0.9)]
    [InlineData(0.0, 180.0, 10.0, 3.1)]
    [InlineData(0.0, 0.0, 10.0, 0.9)]
    public void What_cannot_be_the_same_thing_is_no_pair(double aside, double course, double speed, double hdop)
    {
        var passes = new OppositePasses();
        passes.Take(Put(0, 0, 10, 0, 0), null);

        Assert.False(passes.Take(Put(10, aside, speed, course, 0) with { Hdop = hdop }, null));
        Assert.True(passes.Take(Put(10, 10, 10, 180, 0), null));
    }

    [Fact]
    public void Memory_is_bounded_and_one_thing_counts_but_a_few_times()
    {
        var passes = new OppositePasses();
        for (var pass = 0; pass < 30; pass++) passes.Take(Put(pass % 2 == 0 ? -5 : 5, 0, 10, pass % 2 == 0 ? 0 : 180, 0), null);
        Assert.InRange(passes.Pairs, 1, 4);

        for (var i = 0; i < 3000; i++) passes.Take(Put(100 * i, 0, 10, 0, 0), null);
        for (var i = 2999; i >= 1500; i--) passes.Take(Put(100 * i, 0, 10, 180, 0), null);
        Assert.Equal(1000, passes.Remembered);
        Assert.Equal(64, passes.Pairs);
    }

    [Fact]
    public void A_clock_that_was_set_anew_is_followed()
    {
        var passes = new OppositePasses();
        var (late, set) = (new LagEstimate(1.1, 0.03), new LagEstimate(0.2, 0.03));
        ThereAndBack(passes, trueLag: 1.4, applied: 1.1, course: 0, things: 25, late);
        Assert.Equal(1.4, passes.Combine(late)!.Value.Seconds, 0.08);

        // Braking knows first; the rest of a pass pairs with nothing from before.
        Assert.False(passes.Take(Put(0, 0, 10, 180, 0), set));
        ThereAndBack(passes, trueLag: 0.5, applied: 0.2, course: 0, things: 8, set);
        Assert.Equal(0.5, passes.Combine(set)!.Value.Seconds, 0.15);
    }

    [Fact]
    public void After_a_start_the_place_is_as_much_older_than_the_speed_as_it_was()
    {
        var file = new StateFile(_folder["receiver.json"]);
        new ReceiverMemory(file, NullLogger.Instance).Keep(new LagEstimate(1.05, 0.03) { OfSpeedSeconds = 0.35, Brakings = 60, Pairs = 20 });
        var passes = new OppositePasses();
        passes.Begin(new ReceiverMemory(file, NullLogger.Instance).Read()!.Value);

        // Its sentences are read sooner than before.
        var learned = passes.Combine(new LagEstimate(0.15, 0.03))!.Value;
        Assert.Equal(0.85, learned.Seconds, 0.03);
        Assert.Equal(20, learned.Pairs);
        Assert.DoesNotContain("lat", System.Text.Encoding.UTF8.GetString(file.Read()!), StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_that_only_said_what_braking_says_do_not_hold_up_what_comes()
    {
        var passes = new OppositePasses();
        passes.Begin(new LagEstimate(0.37, 0.05) { OfSpeedSeconds = 0.35, Pairs = 1 });
        var braking = new LagEstimate(0.35, 0.03);
        ThereAndBack(passes, trueLag: 1.05, applied: 0.35, course: 0, things: 8, braking);

        Assert.Equal(1.05, passes.Combine(braking)!.Value.Seconds, 0.12);
    }

    [Fact]
    public void A_calendar_that_steps_back_pairs_nothing_across_it()
    {
        var trail = new FixTrail(2.5);
        for (var i = 0; i < 30; i++) trail.Add(Fix(i));
        trail.Feel(Put(0, 0, 10, 0, 0));
        trail.Add(Fix(-86_400));
        trail.Feel(Put(5, 0, 10, 180, 0));
        Assert.Equal(0, trail.Pairs);
        trail.Feel(Put(-5, 0, 10, 0, 0));
        Assert.Equal(1, trail.Pairs);
    }

    [Fact]
    public async Task The_pipeline_learns_it_from_the_shocks_that_it_finds()
    {
        const double Lag = 0.8;
        var sink = new ObservationList();
        var pipeline = new SensingPipeline(new SensingOptions(), new SensingCity(null, null), VehicleKind.Crewed, new DeviceClock(TimeProvider.System), sink, NullLoggerFactory.Instance);
        LagEstimate? learned = null;
        pipeline.LagLearned += lag => learned = lag;
        var start = Begins;
        for (var pass = 0; pass < 4; pass++)
        {
            var drive = new Road(start, back: pass % 2 == 1, Lag);
            foreach (var reading in drive.Readings()) await pipeline.TakeAsync(reading, CancellationToken.None);
            start = start.AddSeconds(Road.Seconds);
        }

        await pipeline.EndAsync(CancellationToken.None);
        Assert.True(sink.All.Count(o => o.Shock is not null) >= 16);
        Assert.Equal(Lag, learned!.Value.Seconds, 0.1);
        Assert.InRange(learned.Value.Pairs, 4, 14);
    }

    private void ThereAndBack(OppositePasses passes, double trueLag, double applied, double course, int things, LagEstimate? braking = null)
    {
        var speeds = Enumerable.Range(0, things).Select(_ => 8 + 8 * _random.NextDouble()).ToList();
        for (var i = 0; i < things; i++) passes.Take(Put(150 * i + speeds[i] * (applied - trueLag) + Error(), Error(), speeds[i], course, applied, course), braking);
        for (var i = things - 1; i >= 0; i--)
        {
            var speed = 8 + 8 * _random.NextDouble();
            passes.Take(Put(150 * i - speed * (applied - trueLag) + Error(), 4 + Error(), speed, (course + 180) % 360, applied, course), braking);
        }
    }

    private double Error() => 2 * (_random.NextDouble() + _random.NextDouble() - 1);

    // Along a street that leads towards a course.
    private static Place Put(double alongM, double asideM, double speedMps, double courseDeg, double lagSeconds, double streetDeg = 0)
    {
        var (sin, cos) = Math.SinCos(streetDeg * Math.PI / 180);
        return new Place(Begins, Drive.Origin.MovedByM(alongM * sin + asideM * cos, alongM * cos - asideM * sin), speedMps, courseDeg, 0.9, false) { LagSeconds = lagSeconds };
    }

    private static Fix Fix(double second) => new()
    {
        FixTime = Begins.AddSeconds(second), DeviceTime = Begins, MonotonicMs = 0, At = Drive.Origin.MovedByM(0, 10 * second), SpeedMps = 10, CourseDeg = 0, Hdop = 0.9,
    };

    // A steady drive over holes each 150 m, to and fro, by a receiver whose place is late.
    private sealed class Road(DateTimeOffset start, bool back, double lagSeconds)
    {
        public const double Seconds = LengthM / SpeedMps;

        private const double LengthM = 1_200;
        private const double SpeedMps = 10;

        private static readonly double[] Vertical = QuarterCar.Drive(
            SpeedMps, LengthM, along => Enumerable.Range(1, 7).Sum(i => QuarterCar.Hole(150 * i, 0.6, 0.06)(along)), 3);

        public IEnumerable<object> Readings()
        {
            for (var second = 0; second < Seconds; second++)
            {
                var along = SpeedMps * (second - lagSeconds);
                yield return new Fix
                {
                    FixTime = start.AddSeconds(second), DeviceTime = start.AddSeconds(second), MonotonicMs = 0, SpeedMps = SpeedMps, CourseDeg = back ? 180 : 0, Hdop = 0.9,
                    At = Drive.At(back ? LengthM - along : along),
                };
                var samples = Enumerable.Range(100 * second, 100).Where(i => i < Vertical.Length)
                    .Select(i => new AccelSample(start.AddSeconds(i / 100.0), 0, 0, (float)(9.81 + Vertical[i]))).ToArray();
                if (samples.Length > 0) yield return new AccelBlock(start.AddSeconds(second), 0, samples);
            }
        }
    }
}
