namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>Wakes one loop: set any number of times, it wakes once.</summary>
internal sealed class Wake : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Set()
    {
        try
        {
            if (signal.CurrentCount == 0) signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else set it at the same time.
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended.
        }
    }

    /// <summary>Waits until set, or for the given time.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken stop) => signal.WaitAsync(longest, stop);

    public void Dispose() => signal.Dispose();
}
