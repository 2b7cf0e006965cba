using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>The city's capability alone over a real database file, which may be another hub's too.</summary>
internal sealed class CityHub : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly CancellationTokenSource ended = new();

    /// <param name="folder">Data folder.</param>
    /// <param name="options">How the city is configured.</param>
    /// <param name="time">The clock of the hub.</param>
    /// <param name="handler">The way to the city, which may end this hub.</param>
    /// <param name="httpTime">The clock that the sender reads; the hub's unless a test takes that safeguard out.</param>
    public CityHub(string folder, CitySystemOptions options, TimeProvider time, Func<CityHub, HttpMessageHandler> handler, TimeProvider? httpTime = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(time);
        collection.AddSingleton(new HubOptions { TimeZone = "America/New_York" });
        collection.AddStorage(TestStorage.Options(folder));
        collection.AddCitySystem(options, () => handler(this));
        if (httpTime is not null) collection.AddSingleton(p => new CityHttp(options, handler(this), p.GetRequiredService<CityPace>(), httpTime));
        services = collection.BuildServiceProvider();
        Database = services.GetRequiredService<Database>();
        Worker = services.GetRequiredService<PushWorker>();
    }

    public Database Database { get; }

    public PushWorker Worker { get; }

    public CancellationToken Token => ended.Token;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>The process is killed: nothing that it had in memory is written any more.</summary>
    public void End() => ended.Cancel();

    public Task QueueAsync(IEnumerable<(string Number, PushBody Body)> requests) =>
        Database.WriteAsync(scope =>
        {
            foreach (var (number, body) in requests) Get<Outbox>().Request(scope, number, body, "received");
        }, WritePriority.Interactive, default);

    public async Task<List<Push>> PushesAsync() => await Database.ReadAsync(c => CityStore.Page(c, null, null, int.MaxValue), default);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await services.DisposeAsync();
        ended.Dispose();
    }
}
