using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Wakes the worker when a push was committed.</summary>
public sealed class PushBell : ICommitListener, IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);

    public void Committed(IReadOnlyList<object> hubEvents)
    {
        if (!hubEvents.Any(r => r is PushQueued)) return;
        try
        {
            bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken cancel) => bell.WaitAsync(longest, cancel);

    public void Dispose() => bell.Dispose();
}
