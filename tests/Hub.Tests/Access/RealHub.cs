using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Map;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Access;

/// <summary>The program as it is composed, with every endpoint, on a free port; its background work stays off, so no broker is needed.</summary>
internal sealed class RealHub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private RealHub(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public Uri Address => new(app.Urls.First());

    /// <summary>Address of the vehicles' door.</summary>
    public Uri Door => new(app.Urls.Last());

    public IServiceProvider Services => app.Services;

    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints => [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints)];

    public static async Task<RealHub> StartAsync(Action<MapOptions>? map = null, Action<HubSettings>? settings = null, Action<IServiceCollection>? services = null)
    {
        var folder = Directory.CreateTempSubdirectory("field-hub-").FullName;
        var mapOptions = new MapOptions { PageFolder = Path.Combine(folder, "page"), TilesFile = Path.Combine(folder, "city.pmtiles"), GlyphsFolder = Path.Combine(folder, "glyphs") };
        map?.Invoke(mapOptions);
        var all = new HubSettings
        {
            Hub = new HubOptions { Port = 0 },
            Storage = TestStorage.Options(Path.Combine(folder, "data")),
            Map = mapOptions,
            Enrolment = new EnrolmentOptions { Port = FreePort.Next() },
        };
        settings?.Invoke(all);
        var app = HubApplication.Build(all, collection =>
        {
            collection.RemoveAll<IHostedService>();
            collection.RemoveAll<ILoggerProvider>();
            services?.Invoke(collection);
        });
        await app.StartAsync();
        return new RealHub(app, folder);
    }

    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A client with a key of the given role.</summary>
    public async Task<HttpClient> WithKeyAsync(string role)
    {
        var database = (Database)Services.GetService(typeof(Database))!;
        var key = await database.WriteAsync(scope => CreateKey.Do(scope, Actor.Console, "test", role, null), WritePriority.Interactive, default);
        var client = Client();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + key.Text);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
