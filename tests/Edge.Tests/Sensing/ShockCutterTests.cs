using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Sensing.Shock;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class ShockCutterTests
{
    private static MotionReading Reading(double seconds, double z, double speedMps = 10) => new(
        new AccelSample(Drive.Night.AddSeconds(seconds), 0.3f, -0.2f, (float)(9.81 + z)),
        new Place(Drive.Night.AddSeconds(seconds), Drive.At(seconds * speedMps), speedMps, 0, 0.9, false), Drive.Wall.AddSeconds(seconds), (long)(1000 * seconds));

    private static List<MotionReading> Resampled(IEnumerable<MotionReading> readings)
    {
        var resampler = new Resampler();
        List<MotionReading> all = [];
        foreach (var reading in readings)
        {
            resampler.Add(reading);
            while (resampler.TryNext(out var sample)) all.Add(sample);
        }

        return all;
    }

    private static List<CutWindow> Cut(ShockCutter cutter, IEnumerable<MotionReading> readings)
    {
        List<CutWindow> all = [];
        foreach (var reading in readings) cutter.Take(reading);
        cutter.Break();
        while (cutter.TryTake(out var window)) all.Add(window);
        return all;
    }

    // 20 ms of noise and pulses of 80 ms.
    private static double Road(double seconds, params (double At, double Mps2)[] pulses) =>
        0.2 * Math.Sin(31 * seconds) + pulses.Sum(p => Math.Abs(seconds - p.At) < 0.04 ? p.Mps2 * Math.Cos(Math.PI * (seconds - p.At) / 0.08) : 0);

    [Theory]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(167)]
    [InlineData(400)]
    public void A_wave_comes_through_at_50_Hz_as_it_was_at_any_rate(double rateHz)
    {
        var samples = Resampled(Enumerable.Range(0, (int)(3 * rateHz)).Select(i => Reading(i / rateHz, Math.Sin(Math.Tau * 5 * i / rateHz))));

        Assert.InRange(samples.Count, 142, 150);
        // Away from the ends, where only one side is known.
        foreach (var sample in samples.Skip(5).SkipLast(5))
        {
            var seconds = (sample.Sample.Time - Drive.Night).TotalSeconds;
            Assert.Equal(9.81 + Math.Sin(Math.Tau * 5 * seconds), sample.Sample.Z, 0.08);
            Assert.Equal(seconds * 10, Drive.Origin.DistanceMTo(sample.Place.At), 10 / rateHz + 0.01);
        }
    }

    [Fact]
    public void What_50_Hz_cannot_show_does_not_come_back_as_something_slower()
    {
        var samples = Resampled(Enumerable.Range(0, 1200).Select(i => Reading(i / 400.0, Math.Sin(Math.Tau * 45 * i / 400.0))));

        Assert.All(samples.Skip(5).SkipLast(5), s => Assert.Equal(9.81, s.Sample.Z, 0.1));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    public void Two_axles_over_one_thing_are_in_one_window_and_its_place_is_the_first_touch(double rateHz)
    {
        // The rear axle strikes harder.
        var windows = Cut(new ShockCutter(new SensingOptions()), Enumerable.Range(0, (int)(12 * rateHz)).Select(i => Reading(i / rateHz, Road(i / rateHz, (6, 5), (6.27, 7)))));

        var window = Assert.Single(windows);
        Assert.Equal(6.27, (window.Readings[window.Peak.At].Sample.Time - Drive.Night).TotalSeconds, 0.03);
        Assert.Equal(6, (window.Readings[window.FirstTouch(2.7)].Sample.Time - Drive.Night).TotalSeconds, 0.05);
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(1.0)]
    [InlineData(60.0)]
    public void Readings_that_are_missing_hide_nothing_that_comes_after(double missingSeconds)
    {
        var windows = Cut(new ShockCutter(new SensingOptions()), Enumerable.Range(0, 3000)
            .Select(i => i / 100.0 + (i >= 1000 ? missingSeconds : 0)).Select(t => Reading(t, Road(t, (6, 5), (20 + missingSeconds, 5)))));

        Assert.Equal([6, 20 + missingSeconds], windows.Select(w => (w.Readings[w.Peak.At].Sample.Time - Drive.Night).TotalSeconds), (a, b) => Math.Abs(a - b) < 0.05);
    }

    [Fact]
    public void A_single_reading_long_before_the_others_hides_nothing()
    {
        var times = Enumerable.Range(0, 3000).Select(i => 60 + i / 100.0).Prepend(0);
        Assert.Equal([70], Cut(new ShockCutter(new SensingOptions()), times.Select(t => Reading(t, Road(t, (70, 5))))).Select(w => (w.Readings[w.Peak.At].Sample.Time - Drive.Night).TotalSeconds), (a, b) => Math.Abs(a - b) < 0.05);
    }

    [Fact]
    public void What_is_farther_apart_than_a_window_is_two() =>
        Assert.Equal(2, Cut(new ShockCutter(new SensingOptions()), Enumerable.Range(0, 1200).Select(i => Reading(i / 100.0, Road(i / 100.0, (4, 6), (6, 5))))).Count);

    [Fact]
    public void No_window_reaches_over_a_break()
    {
        var cutter = new ShockCutter(new SensingOptions());
        var readings = Enumerable.Range(0, 1200).Select(i => Reading(i / 100.0, Road(i / 100.0, (6, 6), (6.3, 6)))).ToList();
        foreach (var reading in readings.Take(615)) cutter.Take(reading);
        cutter.Break();
        var windows = Cut(cutter, readings.Skip(615));

        Assert.Equal(2, windows.Count);
        Assert.All(windows, w => Assert.False(w.Readings[0].Sample.Time < readings[615].Sample.Time && w.Readings[^1].Sample.Time >= readings[615].Sample.Time));
    }

    [Theory]
    [InlineData(10, 1.0)]
    [InlineData(2, 9.0)]
    public void A_plain_road_and_walking_pace_give_no_window(double speedMps, double pulse) =>
        Assert.Empty(Cut(new ShockCutter(new SensingOptions()), Enumerable.Range(0, 1200).Select(i => Reading(i / 100.0, Road(i / 100.0, (6, pulse)), speedMps))));

    [Fact]
    public void A_road_that_is_rough_all_along_raises_what_stands_out()
    {
        IEnumerable<MotionReading> Rough(double roughness) => Enumerable.Range(0, 3000).Select(i =>
            Reading(i / 100.0, roughness * (Math.Sin(23 * i / 100.0) + Math.Sin(41.3 * i / 100.0)) + Road(i / 100.0, (20, 3))));

        Assert.Single(Cut(new ShockCutter(new SensingOptions()), Rough(0.1)));
        Assert.DoesNotContain(Cut(new ShockCutter(new SensingOptions()), Rough(3)), w => w.Readings[0].Sample.Time > Drive.Night.AddSeconds(10));
    }
}
