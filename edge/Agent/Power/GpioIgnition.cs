using ThreeOneOne.Field.Agent.Drivers;
using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>Ignition at a pin.</summary>
internal sealed class GpioIgnition(GpioBoard board, GpioAddress address, TimeProvider time) : IIgnitionSource
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // What flickers faster is no ignition; what is left settles later.
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(20);

    private readonly SourceMeter meter = new(double.MaxValue, time);

    public SourceHealth Health => meter.Health;

    public IAsyncEnumerable<bool> ReadAsync(CancellationToken stop) => DriverThread.ReadAsync<bool>("ignition", Listen, meter.Missing, meter.Turned, stop);

    private void Listen(Action<bool> give, CancellationToken stop)
    {
        using var pin = GpioInput.Open(board, address, Debounce);
        bool? last = null;
        while (!stop.IsCancellationRequested)
        {
            // The level counts, not the edges: one that was lost must not leave a vehicle on or off for ever.
            var level = pin.Value;
            if (level != last) give(level);
            meter.Gave(level == last ? 0 : 1);
            last = level;
            pin.Read(Look);
            meter.Turned();
        }
    }
}
