using ThreeOneOne.Field.Agent.Drivers;
using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>A button at a pin, by the GPIO character device: the kernel leaves its bounce out and says when each edge was.</summary>
internal sealed class GpioButton(GpioBoard board, GpioAddress address, ButtonOptions options, TimeProvider time) : IButtonSource
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // A button that nobody presses is well.
    private readonly SourceMeter meter = new(double.MaxValue, time);
    private bool down;

    public SourceHealth Health => meter.Health;

    public IAsyncEnumerable<ButtonEdge> ReadAsync(CancellationToken stop) => DriverThread.ReadAsync<ButtonEdge>("button", Listen, meter.Missing, meter.Turned, stop);

    private void Listen(Action<ButtonEdge> give, CancellationToken stop)
    {
        using var pin = GpioInput.Open(board, address, TimeSpan.FromMilliseconds(options.DebounceMs));
        meter.Heard();
        var next = 1u;
        // It was let go while its chip was away. One that is held from the start is pressed when it is pressed again.
        if (down && !pin.Value) Give(false, Now);
        while (!stop.IsCancellationRequested)
        {
            foreach (var edge in pin.Read(Look))
            {
                if (edge.Number != next) meter.Unreadable();
                next = edge.Number + 1;
                Give(edge.Active, edge.At);
            }

            meter.Turned();
        }

        void Give(bool active, TimeSpan at)
        {
            down = active;
            meter.Gave();
            give(new ButtonEdge(active, (long)at.TotalMilliseconds));
        }
    }

    // The kernel's monotonic clock is the one that edges are stamped with, and the runtime's own.
    private static TimeSpan Now => TimeSpan.FromSeconds(System.Diagnostics.Stopwatch.GetTimestamp() / (double)System.Diagnostics.Stopwatch.Frequency);
}
