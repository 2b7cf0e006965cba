namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>The most memory that hub and broker had, looked at five times a second.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Timer timer;
    private readonly (int Hub, int Broker) pids;
    private readonly Lock gate = new();
    private (double Hub, double Broker) most;

    public MemoryWatch(int hub, int broker)
    {
        pids = (hub, broker);
        timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
    }

    /// <returns>MB, resident.</returns>
    public (double Hub, double Broker) Stop()
    {
        timer.Dispose();
        lock (gate) return most;
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        var now = (ProcessFigures.RssMb(pids.Hub), ProcessFigures.RssMb(pids.Broker));
        lock (gate) most = (Math.Max(most.Hub, now.Item1), Math.Max(most.Broker, now.Item2));
    }
}
