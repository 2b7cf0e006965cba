using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class ReceiverLatencyTests : IDisposable
{
    private static readonly DateTimeOffset Begins = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.3, 2.1)]
    [InlineData(0.95, 0.6)]
    [InlineData(1.8, 4.0)]
    public void It_is_learned_from_braking_however_the_sensor_is_turned(double lag, double turned)
    {
        var trail = Drive(lag, turned, seconds: 300);

        Assert.NotNull(trail.Lag);
        Assert.Equal(lag, trail.Lag.Value.Seconds, 0.03);
        Assert.InRange(trail.Lag.Value.SigmaSeconds, 0, 0.1);
    }

    [Fact]
    public void A_sample_is_placed_where_the_receiver_was_later()
    {
        var trail = Drive(lag: 0.95, turned: 0, seconds: 300);

        var when = Begins.AddSeconds(290.3);
        var place = trail.At(when);

        Assert.Equal(Along(290.3), (place!.Value.At.Latitude - Sensing.Drive.Origin.Latitude) * 111_195, 1.0);
        Assert.False(trail.Reaches(Begins.AddSeconds(299.9 - 0.5)));
    }

    [Fact]
    public void Cruising_teaches_nothing()
    {
        var trail = Drive(lag: 0.7, turned: 0, seconds: 300, swing: 0);

        Assert.Null(trail.Lag);
        Assert.Equal(Along(200, swing: 0) - 7, (trail.At(Begins.AddSeconds(200))!.Value.At.Latitude - Sensing.Drive.Origin.Latitude) * 111_195, 0.5);
    }

    [Fact]
    public void A_sensor_that_feels_nothing_of_the_drive_teaches_nothing()
    {
        var random = new Random(4);
        var trail = Drive(lag: 0.7, turned: 0, seconds: 600, feels: _ => random.NextDouble() - 0.5);

        Assert.Null(trail.Lag);
    }

    [Fact]
    public void Samples_that_are_no_numbers_break_it_off_only_for_a_while()
    {
        var trail = Drive(lag: 0.7, turned: 0, seconds: 400, feels: t => t is > 100 and < 102 ? double.NaN : Pushed(t, 1));

        Assert.Equal(0.7, trail.Lag!.Value.Seconds, 0.03);
    }

    [Fact]
    public void It_is_kept_over_a_start()
    {
        var file = new StateFile(_folder["receiver.json"]);
        new ReceiverMemory(file, NullLogger.Instance).Keep(new LagEstimate(0.81, 0.02));

        Assert.Equal(new LagEstimate(0.81, 0.02), new ReceiverMemory(file, NullLogger.Instance).Read());
        file.Replace("nonsense"u8);
        Assert.Null(new ReceiverMemory(file, NullLogger.Instance).Read());
    }

    [Fact]
    public void What_was_kept_counts_from_the_first_sample()
    {
        var trail = new FixTrail(2.5);
        trail.Begin(new LagEstimate(0.5, 0.02));
        for (var second = 0; second < 5; second++) trail.Add(Fix(second, lag: 0.5));

        Assert.Equal(Along(2.2), (trail.At(Begins.AddSeconds(2.2))!.Value.At.Latitude - Sensing.Drive.Origin.Latitude) * 111_195, 1.0);
    }

    // Speed swings about 10 m/s with a period that no second divides.
    private static double Pushed(double seconds, double swing) => swing * 2.2 * Math.Cos(seconds / 1.9) + swing * 0.8 * Math.Sin(seconds / 0.83);

    private static double Speed(double seconds, double swing = 1) => 10 + swing * (2.2 * 1.9 * Math.Sin(seconds / 1.9) - 0.8 * 0.83 * Math.Cos(seconds / 0.83));

    private static double Along(double seconds, double swing = 1) =>
        10 * seconds + swing * (-2.2 * 1.9 * 1.9 * Math.Cos(seconds / 1.9) - 0.8 * 0.83 * 0.83 * Math.Sin(seconds / 0.83));

    private static Fix Fix(double second, double lag, double swing = 1) => new()
    {
        FixTime = Begins.AddSeconds(second),
        DeviceTime = Begins,
        MonotonicMs = 0,
        At = Sensing.Drive.Origin with { Latitude = Sensing.Drive.Origin.Latitude + Along(second - lag, swing) / 111_195 },
        SpeedMps = Math.Round(Speed(second - lag, swing), 2),
        CourseDeg = 0,
        Hdop = 0.9,
    };

    private static FixTrail Drive(double lag, double turned, int seconds, double swing = 1, Func<double, double>? feels = null)
    {
        feels ??= t => Pushed(t, swing);
        var trail = new FixTrail(2.5);
        var waiting = new Queue<AccelSample>();
        for (var tick = 0; tick < seconds * 50; tick++)
        {
            var now = tick / 50.0;
            var push = feels(now);
            waiting.Enqueue(new AccelSample(
                Begins.AddSeconds(now), (float)(push * Math.Cos(turned) + 0.4), (float)(push * Math.Sin(turned)), (float)(9.6 + 0.3 * Math.Sin(now * 31))));
            if (tick % 50 == 49) trail.Add(Fix((tick + 1) / 50.0, lag, swing));
            while (waiting.TryPeek(out var next) && trail.Reaches(next.Time)) trail.Hear(waiting.Dequeue());
        }

        return trail;
    }
}
