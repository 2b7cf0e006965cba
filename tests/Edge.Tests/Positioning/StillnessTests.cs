using ThreeOneOne.Field.Agent.Motion;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

public sealed class StillnessTests
{
    private const int RateHz = 50;
    private static readonly DateTimeOffset Begins = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);

    private readonly Stillness _stillness = new();
    private readonly Random _random = new(3);
    private int _sample;

    [Fact]
    public void An_idling_engine_is_still_and_driving_off_is_not()
    {
        Feel(30);
        Assert.InRange(Seconds()!.Value, 27, 30);
        Feel(2, pushed: 0.5);
        Assert.InRange(Seconds()!.Value, 0, 2);
    }

    [Fact]
    public void A_slow_drift_with_the_sensor_s_warmth_is_still()
    {
        for (var i = 0; i < 600; i++) Feel(1, pushed: i * 0.0005);
        Assert.True(Seconds() > 500);
    }

    [Fact]
    public void A_door_that_falls_shut_and_an_engine_that_starts_begin_it_anew()
    {
        Feel(30, shakes: 0.02);
        Feel(1, shakes: 0.5);
        Feel(10, shakes: 0.02);
        Assert.InRange(Seconds()!.Value, 8, 11);
        Feel(10, shakes: 0.2);
        Assert.InRange(Seconds()!.Value, 8, 11);
    }

    [Fact]
    public void What_is_stuck_broken_or_old_says_nothing()
    {
        Assert.Null(Seconds());
        Feel(10, shakes: 0);
        Assert.Null(Seconds());
        Feel(10);
        Assert.NotNull(Seconds());
        Assert.Null(_stillness.SecondsAt(Now().AddSeconds(10)));
        Feel(1, pushed: double.NaN);
        Assert.Null(Seconds());
    }

    private DateTimeOffset Now() => Begins.AddSeconds((double)_sample / RateHz);

    private double? Seconds() => _stillness.SecondsAt(Now());

    private void Feel(double seconds, double pushed = 0, double shakes = 0.15)
    {
        List<AccelSample> block = [];
        for (var i = 0; i < seconds * RateHz; i++)
        {
            _sample++;
            var noise = shakes * (_random.NextDouble() - 0.5);
            block.Add(new AccelSample(Now(), (float)(pushed + noise), 0, (float)(9.81 + shakes * Math.Sin(_sample * 1.3))));
        }

        _stillness.Hear(new AccelBlock(Now(), 0, block));
    }
}
