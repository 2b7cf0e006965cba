namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Which reactions listen to which events. Filled by the capabilities' setup with reaction types and names, so that the
/// database can be made before the reactions, which need it, are.
/// </summary>
public sealed class ReactionCatalogue : IDisposable
{
    private readonly SemaphoreSlim wake = new(0, 1);

    public ReactionCatalogue(IEnumerable<ReactionEntry> entries) =>
        ByEvent = entries.GroupBy(e => e.EventType).ToDictionary(g => g.Key, g => g.Select(e => e.Name).ToArray());

    public IReadOnlyDictionary<Type, string[]> ByEvent { get; }

    public void Dispose() => wake.Dispose();

    internal void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody already knocked.
        }
    }

    internal Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancel) => wake.WaitAsync(longest, cancel);
}
