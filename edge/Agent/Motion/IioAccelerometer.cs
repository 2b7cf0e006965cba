using System.Numerics;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Drivers;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>An accelerometer behind one of the kernel's drivers, read from its buffer with the kernel's own times.</summary>
internal sealed class IioAccelerometer(IioBus bus, string name, MotionOptions options, DeviceClock clock, TimeProvider time) : IAccelerometerSource
{
    private static readonly string[] Axes = ["in_accel_x", "in_accel_y", "in_accel_z"];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private const double FastestAskingHz = 100;

    private readonly SourceMeter meter = new(options.StaleSeconds, time);
    private readonly MountMatrix mount = options.Mount.Length > 0 && MountMatrix.TryParse(options.Mount, out var said) ? said : MountMatrix.Upright;

    public SourceHealth Health => meter.Health;

    public IAsyncEnumerable<AccelBlock> ReadAsync(CancellationToken stop) => DriverThread.ReadAsync<AccelBlock>("accelerometer", Measure, meter.Missing, meter.Turned, stop);

    private void Measure(Action<AccelBlock> give, CancellationToken stop)
    {
        var device = bus.Find(name, "in_accel_x_raw", "scan_elements/in_accel_x_en");
        if (options.Polled && !IioBuffer.IsIn(device))
        {
            Ask(device, give, stop);
            return;
        }

        IioBuffer.Rest(device);
        var rateHz = SetUp(device);
        var inDriver = DriverMount(device);
        var (scale, offset) = Factors(device);
        using var buffer = IioBuffer.Open(device, Axes, options.BlockSamples);
        while (!stop.IsCancellationRequested)
        {
            if (!buffer.Read(Look, out var scans)) throw new IioException($"the sensor '{name}' is gone");
            meter.Turned();
            if (scans.IsEmpty) continue;
            var (began, now, count) = (clock.MonotonicBegan, clock.MonotonicNow, scans.Length / buffer.Scan.Bytes);
            var samples = new AccelSample[count];
            for (var i = 0; i < count; i++)
            {
                var scan = scans.Slice(i * buffer.Scan.Bytes, buffer.Scan.Bytes);
                var raw = new Vector3(Value(0, scan), Value(1, scan), Value(2, scan));
                var turned = mount.Turn(inDriver.Turn(raw));
                // Without the kernel's times the newest is from now, and those before it at the sensor's pace.
                var at = buffer.Scan.Has(IioBuffer.Timestamp) ? TimeSpan.FromTicks(buffer.Scan.Read(IioBuffer.Timestamp, scan) / TimeSpan.NanosecondsPerTick) : now - TimeSpan.FromSeconds((count - 1 - i) / rateHz);
                samples[i] = new AccelSample(began + at, turned.X, turned.Y, turned.Z);
            }

            meter.Gave(count);
            give(new AccelBlock(clock.Now, clock.MonotonicMs, samples));
        }

        float Value(int axis, ReadOnlySpan<byte> scan) => (float)((buffer.Scan.Read(Axes[axis], scan) + offset[axis]) * scale[axis]);
    }

    // A driver without a buffer: each axis of each sample is a transfer of its own, at our pace and by our clock.
    private void Ask(IioDevice device, Action<AccelBlock> give, CancellationToken stop)
    {
        var rateHz = Math.Min(options.RateHz, FastestAskingHz);
        device.SetRate(rateHz, "in_accel_sampling_frequency", "sampling_frequency");
        var inDriver = DriverMount(device);
        var (scale, offset) = Factors(device);
        var began = clock.MonotonicBegan;
        using IioNumber x = new(device, $"{Axes[0]}_raw"), y = new(device, $"{Axes[1]}_raw"), z = new(device, $"{Axes[2]}_raw");
        var samples = new List<AccelSample>(options.BlockSamples);
        for (var next = clock.MonotonicNow; !stop.IsCancellationRequested;)
        {
            var from = clock.MonotonicNow;
            var raw = new Vector3(Scaled(x, 0), Scaled(y, 1), Scaled(z, 2));
            var to = clock.MonotonicNow;
            meter.Turned();
            var turned = mount.Turn(inDriver.Turn(raw));
            samples.Add(new AccelSample(began + from + (to - from) / 2, turned.X, turned.Y, turned.Z));
            if (samples.Count >= options.BlockSamples)
            {
                meter.Gave(samples.Count);
                give(new AccelBlock(clock.Now, clock.MonotonicMs, [.. samples]));
                samples.Clear();
            }

            // A sample that is late is late; those after it are not hurried.
            next += TimeSpan.FromSeconds(1 / rateHz);
            if (next < to) next = to;
            if (next - clock.MonotonicNow is { Ticks: > 0 } rest) stop.WaitHandle.WaitOne(rest);
        }

        float Scaled(IioNumber axis, int index) => (float)((axis.Read() + offset[index]) * scale[index]);
    }

    private static (double[] Scale, double[] Offset) Factors(IioDevice device) =>
        ([.. Axes.Select(a => device.Factor(1, $"{a}_scale", "in_accel_scale"))], [.. Axes.Select(a => device.Factor(0, $"{a}_offset", "in_accel_offset"))]);

    private double SetUp(IioDevice device)
    {
        var rateHz = device.SetRate(options.RateHz, "in_accel_sampling_frequency", "sampling_frequency");
        if (options.Trigger.Length > 0)
        {
            var trigger = bus.Trigger(options.Trigger);
            rateHz = trigger.SetRate(options.RateHz, "sampling_frequency") ?? rateHz;
            device.Write("trigger/current_trigger", options.Trigger);
        }

        return rateHz ?? options.RateHz;
    }

    // Drivers keep what the device tree says of the mounting under different names.
    private static MountMatrix DriverMount(IioDevice device) =>
        (device.Text("in_accel_mount_matrix") ?? device.Text("in_mount_matrix") ?? device.Text("mount_matrix")) is { } text && MountMatrix.TryParse(text, out var matrix) ? matrix : MountMatrix.Upright;
}
