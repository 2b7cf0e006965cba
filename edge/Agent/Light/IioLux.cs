using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Drivers;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Light;

/// <summary>A light sensor behind one of the kernel's drivers, asked at its rate: such drivers have no buffer worth the name.</summary>
internal sealed class IioLux(IioBus bus, string name, LightOptions options, DeviceClock clock, TimeProvider time) : ILuxSource
{
    // The driver's own lux first; else its number, to be scaled.
    private static readonly string[] Inputs = ["in_illuminance_input", "in_illuminance0_input"];
    private static readonly string[] Raws = ["in_illuminance_raw", "in_illuminance0_raw"];

    private static readonly TimeSpan Loose = TimeSpan.FromSeconds(1);

    private readonly SourceMeter meter = new(options.StaleSeconds, time);

    public SourceHealth Health => meter.Health;

    public IAsyncEnumerable<LuxSample> ReadAsync(CancellationToken stop) => DriverThread.ReadAsync<LuxSample>("light sensor", Measure, meter.Missing, meter.Turned, stop);

    private void Measure(Action<LuxSample> give, CancellationToken stop)
    {
        var device = bus.Find(name, [.. Inputs, .. Raws]);
        var processed = Inputs.FirstOrDefault(device.Has);
        var raw = Raws.FirstOrDefault(device.Has);
        var pause = TimeSpan.FromSeconds(1 / options.RateHz);
        TimeSpan? silent = null;
        while (!stop.IsCancellationRequested)
        {
            var began = clock.MonotonicNow;
            // A sensor that ranges by itself changes its scale.
            var lux = processed is not null ? device.Number(processed) : device.Number(raw!) * device.Factor(1, "in_illuminance_scale", "in_illuminance0_scale");
            if (lux is null && !device.IsThere) throw new IioException($"the sensor '{name}' is gone");
            meter.Turned();
            var ended = clock.MonotonicNow;
            if (lux is >= 0)
            {
                silent = null;
                meter.Gave();
                // The driver measures while it is asked.
                var middle = began + (ended - began) / 2;
                give(new LuxSample(clock.TimeAt(middle), lux.Value, clock.Now, clock.MonotonicMs));
            }
            else
            {
                meter.Unreadable();
                silent ??= began;
                // One reading may go wrong; a wire that is off stays off, and its driver with it.
                if (ended - silent > Loose && device.Fault(processed ?? raw!) is { } why) meter.Missing(why);
            }

            if (pause - (clock.MonotonicNow - began) is { Ticks: > 0 } rest) stop.WaitHandle.WaitOne(rest);
        }
    }
}
