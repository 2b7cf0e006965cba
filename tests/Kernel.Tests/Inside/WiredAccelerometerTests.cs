using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>
/// Accelerometers behind their own drivers, from registers to m/s²: one with its interrupt wired, one whose driver has no buffer. An mpu6050 has the same
/// driver, which in Debian 12's kernel looks for its interrupt in register 0 instead of 0x3a: it measures there only by luck.
/// </summary>
public sealed class WiredAccelerometerTests : IDisposable
{
    // m/s² of one step, as the drivers have it.
    private const double MpuScale = 0.000598;
    private const double AdxlScale = 0.0383;

    private readonly DeviceClock clock = new(TimeProvider.System);
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));

    public void Dispose() => stop.Dispose();

    [InsideFact]
    public async Task An_mpu6500_measures_at_each_edge_of_its_interrupts_wire()
    {
        using var chip = new WiredChip("inv-mpu6050-i2c", 0x68);
        chip.Set(0x75, 0x70);
        chip.Plug();
        // It has measured, and six bytes wait in its queue: an acceleration, high byte first.
        chip.Set(0x3a, 0x01);
        chip.SetHigh(0x72, 6);
        Queue(1000, -2000, 16400);
        using var pulses = Pulses();
        await using var blocks = Source("mpu6500", new MotionOptions { RateHz = 100, BlockSamples = 5 }).ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var samples = new List<AccelSample>();
        while (samples.Count < 50)
        {
            Assert.True(await blocks.MoveNextAsync());
            samples.AddRange(blocks.Current.Samples);
        }

        Assert.All(samples, s => Assert.True(IsClose(s, MpuScale, 1000, -2000, 16400), $"{s}"));
        Assert.All(samples.Zip(samples.Skip(1)), p => Assert.True(p.First.Time < p.Second.Time, "each has its time"));
        Assert.Equal(clock.Now, samples[^1].Time, TimeSpan.FromSeconds(20));
        Queue(-7, 8, -9);
        while (!IsClose(blocks.Current.Samples[^1], MpuScale, -7, 8, -9)) Assert.True(await blocks.MoveNextAsync());

        void Queue(int x, int y, int z)
        {
            chip.SetHigh(0x74, x);
            chip.SetHigh(0x76, y);
            chip.SetHigh(0x78, z);
        }
    }

    [InsideFact]
    public async Task An_mpu6500_whose_interrupts_wire_is_off_says_nothing()
    {
        using var chip = new WiredChip("inv-mpu6050-i2c", 0x68);
        chip.Set(0x75, 0x70);
        chip.Plug();
        var source = Source("mpu6500", new MotionOptions { RateHz = 100, StaleSeconds = 1 });
        await using var blocks = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var reading = blocks.MoveNextAsync();
        await Eventually.TrueAsync(() => source.Health is { State: SourceState.Stale, Talks: false }, "it is noticed");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
    }

    [InsideFact]
    public async Task An_adxl345_has_no_buffer_and_is_asked_when_that_is_said()
    {
        using var chip = new WiredChip("adxl345_i2c", 0x53);
        chip.Set(0x00, 0xe5);
        chip.Plug();
        Measure(10, -20, 256);
        var silent = Source("adxl345", new MotionOptions());
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token))
        {
            await using var none = silent.ReadAsync(end.Token).GetAsyncEnumerator(end.Token);
            var reading = none.MoveNextAsync();
            await Eventually.TrueAsync(() => silent.Health.Detail?.Contains("set Motion:Polled true", StringComparison.Ordinal) is true, "it says what to set");
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        }

        var source = Source("adxl345", new MotionOptions { Polled = true, RateHz = 100, BlockSamples = 5, StaleSeconds = 2 });
        await using var blocks = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var samples = new List<AccelSample>();
        while (samples.Count < 50)
        {
            Assert.True(await blocks.MoveNextAsync());
            samples.AddRange(blocks.Current.Samples);
        }

        Assert.All(samples, s => Assert.True(IsClose(s, AdxlScale, 10, -20, 256), $"{s}"));
        var steps = samples.Zip(samples.Skip(1), (a, b) => (b.Time - a.Time).TotalMilliseconds).Order().ToList();
        Assert.True(steps[0] > 0, "in order");
        // The guest's clock ticks at 100 Hz: a wait of 10 ms is one tick or two.
        Assert.InRange(steps[steps.Count / 2], 8, 25);
        // 100 Hz, full resolution, measuring.
        Assert.Equal((0x0a, 0x08, 0x08), (chip[0x2c] & 0x0f, chip[0x31] & 0x08, chip[0x2d] & 0x08));

        Measure(-256, 0, 3);
        while (!IsClose(blocks.Current.Samples[^1], AdxlScale, -256, 0, 3)) Assert.True(await blocks.MoveNextAsync());
        chip.Wire(false);
        var next = blocks.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => source.Health is { State: SourceState.Missing, Detail: { } why } && why.Contains("a wire is loose", StringComparison.Ordinal), "its wire is off");
        chip.Wire(true);
        Assert.True(await next);
        await Eventually.TrueAsync(() => source.Health.State == SourceState.Ok, "it is asked again");

        void Measure(int x, int y, int z)
        {
            chip.SetLow(0x32, x);
            chip.SetLow(0x34, y);
            chip.SetLow(0x36, z);
        }
    }

    private static bool IsClose(AccelSample s, double scale, int x, int y, int z) =>
        Math.Abs(s.X - x * scale) < 0.001 && Math.Abs(s.Y - y * scale) < 0.001 && Math.Abs(s.Z - z * scale) < 0.001;

    // A sensor raises its interrupt each time it has measured.
    private static Timer Pulses() => new(_ => WiredPin.Tap(WiredPin.Interrupt), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));

    private IioAccelerometer Source(string name, MotionOptions options) => new(new IioBus(), name, options, clock, TimeProvider.System);
}
