using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Live;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Hub.Web;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>
/// The capabilities that this room needs, on a real database and a real Kestrel on a free port, with the broker in memory.
/// </summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownsFolder;

    private TestHub(WebApplication app, string folder, bool ownsFolder, FakeBroker broker, HttpClient client)
    {
        (this.app, Folder, this.ownsFolder, Broker, Client) = (app, folder, ownsFolder, broker, client);
    }

    public string Folder { get; }

    public FakeBroker Broker { get; }

    /// <summary>Carries a key that may do everything.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public Database Database => app.Services.GetRequiredService<Database>();

    public static async Task<TestHub> StartAsync(
        FakeBroker? broker = null, string? folder = null, IngestOptions? ingest = null, LiveOptions? live = null, Action<IServiceCollection>? change = null,
        Action<WebApplication>? map = null)
    {
        broker ??= new FakeBroker();
        var path = folder ?? Directory.CreateTempSubdirectory("field-hub-").FullName;
        var hub = new HubOptions { Port = 0 };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(hub);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddWeb(hub, new TlsOptions());
        builder.Services.AddStorage(TestStorage.Options(path));
        builder.Services.AddAccess(new AccessOptions());
        builder.Services.AddVehicles();
        builder.Services.AddSingleton<IHubSessions>(broker);
        builder.Services.AddDownlink();
        builder.Services.AddIngest(ingest ?? new IngestOptions { RetryAfter = TimeSpan.FromMilliseconds(20) });
        builder.Services.AddLive(live ?? new LiveOptions());
        builder.Services.RemoveAll<Microsoft.Extensions.Logging.ILoggerProvider>();
        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseWeb();
        app.UseAccess();
        app.MapHealth();
        app.MapVehicles();
        app.MapIngest();
        app.MapLive();
        map?.Invoke(app);
        await app.StartAsync();
        var key = await app.Services.GetRequiredService<Database>().WriteAsync(
            scope => CreateKey.Do(scope, Actor.Console, "test", "city-it", null), WritePriority.Interactive, default);
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        return new TestHub(app, path, folder is null, broker, client);
    }

    public async Task<Vehicle> RegisterAsync(string id = "unit-214", VehicleKind kind = VehicleKind.Crewed, string jurisdiction = "cambridge-ma")
    {
        var vehicle = new Vehicle(id, jurisdiction, $"Unit {id}", kind, DateTimeOffset.UnixEpoch);
        return (await Services.GetRequiredService<VehicleRegistry>().RegisterAsync(vehicle, _ => { }, default)).Registered;
    }

    public async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    /// <summary>Waits until everything delivered so far is acknowledged to the broker.</summary>
    public Task DrainedAsync() => Support.Eventually.TrueAsync(() => Broker.Durable.Waiting == 0 && Broker.Live.Waiting == 0, "the queues are empty");

    public async Task<long> FigureAsync(string name) => (await GetAsync("/api/figures")).GetProperty(name).GetInt64();

    public async Task<long> AsideAsync(string reason) =>
        (await GetAsync("/api/figures")).GetProperty("aside").TryGetProperty(reason, out var n) ? n.GetInt64() : 0;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
        if (ownsFolder) Directory.Delete(Folder, recursive: true);
    }
}
