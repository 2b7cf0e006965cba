namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>A hub on one kind of store, with a broker and vehicles of its own.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private const int Seed = 311;

    private readonly BenchBroker broker;
    private readonly HubUnderTest hub;
    private readonly IngestRig rig;

    private StoreUnderTest(string name, BenchBroker broker, HubUnderTest hub, IngestRig rig) => (Name, this.broker, this.hub, this.rig) = (name, broker, hub, rig);

    public string Name { get; }

    /// <param name="context">Where.</param>
    /// <param name="name">On the table.</param>
    /// <param name="postgres">Connection; null: SQLite.</param>
    /// <param name="sessions">Vehicles.</param>
    /// <param name="observedPercent">Messages that are observations.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<StoreUnderTest> StartAsync(BenchContext context, string name, string? postgres, int sessions, int observedPercent, CancellationToken stop)
    {
        var own = context with { Scratch = Path.Combine(context.Scratch, name) };
        Directory.CreateDirectory(own.Scratch);
        File.SetUnixFileMode(own.Scratch, File.GetUnixFileMode(context.Scratch));
        var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        var hub = await HubUnderTest.StartAsync(own, broker, stop, postgres).ConfigureAwait(false);
        var rig = new IngestRig(own, sessions, observedPercent, new Random(Seed));
        await hub.RegisterAsync(rig.Vehicles, stop).ConfigureAwait(false);
        return new StoreUnderTest(name, broker, hub, rig);
    }

    public IngestRig.Result Fill(string what, int fixes, int perSecond, int window, double seconds, CancellationToken stop) =>
        rig.Fill($"{Name,-8} {what}", broker, hub, fixes, window, perSecond, seconds, stop);

    /// <returns>How many of those looked for were not there as they were sent.</returns>
    public async Task<int> ReadBackAsync(int most, CancellationToken stop) =>
        (await StoredReadings.CheckAsync(hub, rig.Stored, most, new Random(Seed), stop).ConfigureAwait(false)).Wrong;

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync().ConfigureAwait(false);
        await broker.DisposeAsync().ConfigureAwait(false);
    }
}
