using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>A lamp by the kernel's LED driver: its answer to a press. One that breaks is said in the health and costs nothing else.</summary>
public sealed class Lamp(string folder, TimeProvider time)
{
    private const int SavedMs = 700;
    private const int RefusedMs = 90;
    private const int RefusedTimes = 5;

    private readonly SourceMeter meter = new(double.MaxValue, time);

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
        if (folder.Length == 0) return;
        try
        {
            File.WriteAllText(Path.Combine(folder, "brightness"), on ? "1" : "0");
            meter.Gave();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            meter.Missing($"{folder}: {e.Message}");
        }
    }
}
