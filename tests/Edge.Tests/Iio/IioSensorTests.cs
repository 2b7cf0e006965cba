using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Iio;

public sealed class IioSensorTests : IDisposable
{
    private readonly SensorTree tree = new();
    private readonly DeviceClock clock = new(TimeProvider.System);
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));

    public void Dispose()
    {
        stop.Dispose();
        tree.Dispose();
    }

    [Fact]
    public async Task An_accelerometer_is_set_up_and_its_scans_are_readings_in_the_vehicles_frame()
    {
        tree.Bmi160();
        tree.Put("iio:device1/in_mount_matrix", "0, 1, 0; -1, 0, 0; 0, 0, 1");
        var from = clock.MonotonicNow;
        tree.Fill([(1000, 2000, 16400, from), (0, 0, 16400, from + TimeSpan.FromMilliseconds(5))]);
        var source = new IioAccelerometer(tree.Bus, "bmi160", new MotionOptions { RateHz = 150, BlockSamples = 20 }, clock, TimeProvider.System);

        var block = await FirstAsync(source.ReadAsync(stop.Token));

        Assert.Equal(("200", "monotonic", "20", "512"), (tree["iio:device1/in_accel_sampling_frequency"], tree["iio:device1/current_timestamp_clock"], tree["iio:device1/buffer/watermark"], tree["iio:device1/buffer/length"]));
        Assert.Equal(("1", "0", "1"), (tree["iio:device1/scan_elements/in_accel_z_en"], tree["iio:device1/scan_elements/in_anglvel_z_en"], tree["iio:device1/scan_elements/in_timestamp_en"]));
        Assert.Equal(2, block.Samples.Count);
        Assert.Equal(1.196, block.Samples[0].X, 0.001);
        Assert.Equal(-0.598, block.Samples[0].Y, 0.001);
        Assert.Equal(9.807, block.Samples[0].Z, 0.001);
        Assert.Equal(5, (block.Samples[1].Time - block.Samples[0].Time).TotalMilliseconds, 0.5);
        Assert.Equal(clock.TimeAt(from), block.Samples[0].Time, TimeSpan.FromMilliseconds(20));
        Assert.Equal("ok", source.Health.ToString());
        // Nobody reads it any more: the sensor rests.
        Assert.Equal("0", tree["iio:device1/buffer/enable"]);
    }

    [Fact]
    public async Task The_settings_say_how_it_sits_and_what_triggers_it()
    {
        tree.Bmi160();
        tree.Put("iio:device1/trigger/current_trigger", "");
        tree.Put("trigger0/name", "other");
        tree.Put("trigger1/name", "t0");
        tree.Put("trigger1/sampling_frequency", "100");
        tree.Fill([(0, 0, -16400, clock.MonotonicNow)]);
        var options = new MotionOptions { Mount = "1, 0, 0; 0, -1, 0; 0, 0, -1", Trigger = "t0" };

        var block = await FirstAsync(new IioAccelerometer(tree.Bus, "bmi160", options, clock, TimeProvider.System).ReadAsync(stop.Token));

        Assert.Equal(9.807, block.Samples[0].Z, 0.001);
        Assert.Equal(("t0", "200"), (tree["iio:device1/trigger/current_trigger"], tree["trigger1/sampling_frequency"]));
    }

    [Fact]
    public async Task An_unplugged_sensor_is_missing_and_comes_back()
    {
        tree.Bmi160();
        tree.Fill([(0, 0, 16400, clock.MonotonicNow)]);
        var source = new IioAccelerometer(tree.Bus, "bmi160", new MotionOptions(), clock, TimeProvider.System);
        var blocks = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await blocks.MoveNextAsync());

        tree.Unplug();
        await Eventually.TrueAsync(() => Task.FromResult(source.Health.State == SourceState.Missing), "it is missing");
        await Eventually.TrueAsync(() => Task.FromResult(source.Health.Detail?.Contains("the kernel shows no sensor", StringComparison.Ordinal) is true), "it is looked for");

        // Under another number, as the kernel gives it.
        tree.Bmi160("iio:device4");
        var next = blocks.MoveNextAsync();
        tree.Fill([(0, 0, 16400, clock.MonotonicNow)], "iio:device4");
        Assert.True(await next);
        Assert.Equal("ok", source.Health.ToString());
        await blocks.DisposeAsync();
    }

    [Theory]
    [InlineData("lsm6dso_accel", "the kernel shows no sensor 'lsm6dso_accel', but bh1750, bmi160")]
    [InlineData("bh1750", "the sensor 'bh1750' measures something else: it has no in_accel_x_raw")]
    public async Task What_is_wrong_is_said_to_the_technician(string name, string expected)
    {
        tree.Bmi160();
        tree.Put("iio:device0/name", "bh1750");
        tree.Put("iio:device0/in_illuminance_raw", "0");
        var source = new IioAccelerometer(tree.Bus, name, new MotionOptions(), clock, TimeProvider.System);
        var reading = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token).MoveNextAsync();
        await Eventually.TrueAsync(() => Task.FromResult(source.Health.Detail == expected), expected);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
    }

    [Fact]
    public async Task A_file_that_refuses_is_named()
    {
        tree.Bmi160();
        tree.Put("iio:device1/scan_elements/in_accel_y_type", "le:s99/16>>0");
        var source = new IioAccelerometer(tree.Bus, "bmi160", new MotionOptions(), clock, TimeProvider.System);
        var reading = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token).MoveNextAsync();
        await Eventually.TrueAsync(() => Task.FromResult(source.Health.Detail?.Contains("in_accel_y", StringComparison.Ordinal) is true), "the channel is named");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
    }

    [Theory]
    [InlineData("in_illuminance_input", "12.5", null, null, 12.5)]
    [InlineData("in_illuminance0_input", "7", null, null, 7.0)]
    [InlineData("in_illuminance_raw", "240", "in_illuminance_scale", "0.05", 12.0)]
    [InlineData("in_illuminance0_raw", "5", null, null, 5.0)]
    public async Task A_light_sensor_is_asked_in_the_way_of_its_driver(string file, string value, string? scaleFile, string? scale, double expected)
    {
        tree.Put("iio:device0/name", "veml7700");
        tree.Put($"iio:device0/{file}", value);
        if (scaleFile is not null) tree.Put($"iio:device0/{scaleFile}", scale!);
        var source = new IioLux(tree.Bus, "veml7700", new LightOptions { RateHz = 50 }, clock, TimeProvider.System);

        var sample = await FirstAsync(source.ReadAsync(stop.Token));

        Assert.Equal(expected, sample.Lux, 1e-9);
        Assert.Equal(clock.Now, sample.Time, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("0, 1, 0; -1, 0, 0; 0, 0, 1", true)]
    [InlineData("0.7071, 0.7071, 0; -0.7071, 0.7071, 0; 0, 0, 1", true)]
    [InlineData("1, 0, 0; 0, 1, 0; 0, 0, -1", false)]
    [InlineData("2, 0, 0; 0, 1, 0; 0, 0, 1", false)]
    [InlineData("1, 0, 0; 0, 1, 0", false)]
    [InlineData("1, 0, 0; 0, 1, 0; 0, 0, NaN", false)]
    [InlineData("sideways", false)]
    public void Only_a_rotation_is_a_mounting(string text, bool good) => Assert.Equal(good, MountMatrix.TryParse(text, out _));

    private static async Task<T> FirstAsync<T>(IAsyncEnumerable<T> readings)
    {
        await foreach (var reading in readings) return reading;
        throw new InvalidOperationException("no reading");
    }
}
