using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>Wakes the worker when something to deliver was committed.</summary>
public sealed class WebhookBell : ICommitListener, IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);

    public void Committed(IReadOnlyList<object> hubEvents)
    {
        if (!hubEvents.Any(e => e is WebhookQueued)) return;
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
