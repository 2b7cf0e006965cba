using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>A lamp at a pin, or by the kernel's LED driver: the answer to a press. One that breaks is said in the health and costs nothing else.</summary>
/// <param name="address"><c>gpio:NAME</c>, or a folder of the LED class; empty: no lamp.</param>
/// <param name="time">Of its health.</param>
public sealed class Lamp(string address, TimeProvider time) : IDisposable
{
    private const int SavedMs = 700;
    private const int RefusedMs = 90;
    private const int RefusedTimes = 5;

    private readonly SourceMeter meter = new(double.MaxValue, time);

    private readonly Lock one = new();
    private GpioRequest? pin;
    private bool ended;

    public SourceHealth Health => meter.Health;

    /// <summary>One long flash: it is on disk.</summary>
    public Task SayYesAsync(CancellationToken stop) => FlashAsync(1, SavedMs, stop);

    /// <summary>Five short ones: nothing was done.</summary>
    public Task SayNoAsync(CancellationToken stop) => FlashAsync(RefusedTimes, RefusedMs, stop);

    public async Task FlashAsync(int times, int milliseconds, CancellationToken stop)
    {
        try
        {
            for (var i = 0; i < times; i++)
            {
                Set(true);
                await Task.Delay(milliseconds, stop).ConfigureAwait(false);
                Set(false);
                if (i + 1 < times) await Task.Delay(milliseconds, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            Set(false);
        }
    }

    public void Set(bool on)
    {
        if (address.Length == 0) return;
        try
        {
            if (GpioAddress.TryParse(address, out var line)) SetPin(line, on);
            else File.WriteAllText(Path.Combine(address, "brightness"), on ? "1" : "0");
            meter.Gave();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            meter.Missing($"{address}: {e.Message}");
        }
    }

    public void Dispose()
    {
        lock (one)
        {
            pin?.Dispose();
            (pin, ended) = (null, true);
        }
    }

    // One that breaks is asked for again with the next answer.
    private void SetPin(GpioAddress line, bool on)
    {
        lock (one)
        {
            ObjectDisposedException.ThrowIf(ended, this);
            pin ??= GpioRequest.ForOutput(new GpioBoard(), line);
            try
            {
                pin.Value = on;
            }
            catch (IOException)
            {
                pin.Dispose();
                pin = null;
                throw;
            }
        }
    }
}
