using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>Accelerometers behind drivers of the kernel, on chips of i2c-stub.</summary>
public sealed class AccelerometerTests : IDisposable
{
    private readonly DeviceClock clock = new(TimeProvider.System);
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));

    public void Dispose() => stop.Dispose();

    [InsideTheory]
    [InlineData(100)]
    [InlineData(200)]
    public async Task A_bmi160_measures_at_the_pace_of_its_trigger_and_the_kernel_stamps_each_scan(int rateHz)
    {
        using var trigger = new SoftTrigger("field");
        using var sensor = new Bmi160();
        var source = Source("bmi160", new MotionOptions { RateHz = rateHz, Trigger = "field", BlockSamples = 20 });
        var samples = new List<AccelSample>();
        await foreach (var block in source.ReadAsync(stop.Token))
        {
            samples.AddRange(block.Samples);
            Assert.True(block.Samples[^1].Time <= block.DeviceTime.AddMilliseconds(50), "measured before it was read");
            if (samples.Count >= 100) break;
        }

        Assert.All(samples, s => Assert.True(IsClose(s, 1000, -2000, 16400), $"{s}"));
        var steps = samples.Zip(samples.Skip(1), (a, b) => (b.Time - a.Time).TotalMilliseconds).Order().ToList();
        Assert.True(steps[0] >= 0, "in order");
        // The guest's clock ticks at 100 Hz and more: the middle step is the pace, whatever single ones were late.
        Assert.Equal(1000.0 / rateHz, steps[steps.Count / 2], 3.0);
        Assert.Equal(clock.Now, samples[^1].Time, TimeSpan.FromSeconds(20));
        Assert.Equal("ok", source.Health.ToString());
        // Nobody reads it any more: it rests.
        Assert.Equal("0", sensor["buffer/enable"]);
    }

    [InsideFact]
    public async Task What_the_chip_measures_now_is_what_is_read_next()
    {
        using var trigger = new SoftTrigger("field");
        using var sensor = new Bmi160();
        var source = Source("bmi160", new MotionOptions { RateHz = 100, Trigger = "field", BlockSamples = 5, Mount = "0, 1, 0; -1, 0, 0; 0, 0, 1" });
        await using var blocks = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await blocks.MoveNextAsync());
        sensor.Accelerate(0, 4000, -16400);
        // Turned by the mounting: the sensor's y is forward, its x is right.
        while (!IsClose(blocks.Current.Samples[^1], 4000, 0, -16400)) Assert.True(await blocks.MoveNextAsync());
        Assert.Equal("ok", source.Health.ToString());
    }

    [InsideFact]
    public async Task An_unplugged_sensor_is_missing_and_is_read_again_when_it_is_back()
    {
        using var trigger = new SoftTrigger("field");
        using var sensor = new Bmi160();
        var source = Source("bmi160", new MotionOptions { RateHz = 100, Trigger = "field", BlockSamples = 5 });
        await using var blocks = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await blocks.MoveNextAsync());

        sensor.Unplug();
        await SaysAsync(source, "the kernel shows no sensor");
        sensor.PlugAgain();
        sensor.Accelerate(7, 7, 7);
        while (!IsClose(blocks.Current.Samples[^1], 7, 7, 7)) Assert.True(await blocks.MoveNextAsync());
        Assert.Equal("ok", source.Health.ToString());
    }

    [InsideFact]
    public async Task A_buffer_that_a_killed_program_left_filling_is_taken_over()
    {
        using var trigger = new SoftTrigger("field");
        using var other = new SoftTrigger("other");
        using var sensor = new Bmi160();
        File.WriteAllText($"{sensor.Folder}/trigger/current_trigger", "other");
        File.WriteAllText($"{sensor.Folder}/scan_elements/in_anglvel_x_en", "1");
        File.WriteAllText($"{sensor.Folder}/buffer/enable", "1");
        await using var blocks = Source("bmi160", new MotionOptions { RateHz = 100, Trigger = "field", BlockSamples = 5 }).ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await blocks.MoveNextAsync());
        Assert.Equal("field", sensor["trigger/current_trigger"]);
        Assert.Equal("0", sensor["scan_elements/in_anglvel_x_en"]);
    }

    [InsideFact]
    public async Task A_sensor_that_nothing_triggers_says_what_to_wire()
    {
        using var sensor = new Bmi160();
        await FailsAsync("bmi160", new MotionOptions(), "nothing makes the sensor 'bmi160' measure: wire its interrupt (INT), or name a trigger in Motion:Trigger");
        await FailsAsync("bmi160", new MotionOptions { Trigger = "absent" }, "the kernel shows no trigger: Motion:Trigger is 'absent'");
        using var trigger = new SoftTrigger("field");
        await FailsAsync("bmi160", new MotionOptions { Trigger = "absent" }, "the kernel shows no trigger 'absent', but field");
    }

    [InsideFact]
    public async Task An_mpu6050_without_its_interrupt_has_no_buffer_and_says_so()
    {
        using var chip = new StubChip(0x68);
        chip.Set(0x75, 0x68);
        chip.Plug("mpu6050");
        await FailsAsync("mpu6050", new MotionOptions(), "the sensor 'mpu6050' has no buffer: its driver needs the wire of its interrupt (INT), and its device tree must name the pin; where the driver never has one (adxl345), set Motion:Polled true");
    }

    [InsideFact]
    public async Task An_lsm6dso_is_two_sensors_with_names_of_their_own()
    {
        using var chip = new StubChip(0x6a);
        chip.Set(0x0f, 0x6c);
        chip.Plug("lsm6dso");
        await FailsAsync("lsm6dso", new MotionOptions(), "the kernel shows no sensor 'lsm6dso', but lsm6dso_accel, lsm6dso_gyro");
        await FailsAsync("lsm6dso_gyro", new MotionOptions(), "the sensor 'lsm6dso_gyro' measures something else: it has no in_accel_x_raw");
        await FailsAsync("lsm6dso_accel", new MotionOptions(), "the sensor 'lsm6dso_accel' has no buffer: its driver needs the wire of its interrupt (INT), and its device tree must name the pin; where the driver never has one (adxl345), set Motion:Polled true");
    }

    [InsideFact]
    public async Task A_sensor_of_one_axis_says_which_channels_it_has()
    {
        Directory.CreateDirectory("/sys/kernel/config/iio/devices/dummy/one-axis");
        try
        {
            await FailsAsync("one-axis", new MotionOptions(), "has no buffered channel in_accel_y, but in_accel_x, in_timestamp");
        }
        finally
        {
            Directory.Delete("/sys/kernel/config/iio/devices/dummy/one-axis");
        }
    }

    private static bool IsClose(AccelSample s, int x, int y, int z) =>
        Math.Abs(s.X - x * Bmi160.Scale) < 0.001 && Math.Abs(s.Y - y * Bmi160.Scale) < 0.001 && Math.Abs(s.Z - z * Bmi160.Scale) < 0.001;

    private static Task SaysAsync(IioAccelerometer source, string words) =>
        Eventually.TrueAsync(() => source.Health is { State: SourceState.Missing, Detail: { } detail } && detail.Contains(words, StringComparison.Ordinal), $"it says '{words}', not '{source.Health}'");

    private IioAccelerometer Source(string name, MotionOptions options) => new(new IioBus(), name, options, clock, TimeProvider.System);

    private async Task FailsAsync(string name, MotionOptions options, string words)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var source = Source(name, options);
        await using var blocks = source.ReadAsync(end.Token).GetAsyncEnumerator(end.Token);
        var reading = blocks.MoveNextAsync();
        await SaysAsync(source, words);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
    }
}
