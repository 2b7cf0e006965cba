using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Broker;
using ThreeOneOne.Field.Hub.Tests.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>The hub as it is composed for a city, with its own mosquitto, on a data folder that outlives it.</summary>
internal sealed class ComposedHub : IAsyncDisposable
{
    private readonly WebApplication app;

    private ComposedHub(WebApplication app, HttpClient client) => (this.app, Client) = (app, client);

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<ComposedHub> StartAsync(string folder, Action<HubSettings>? set = null)
    {
        var settings = new HubSettings { Hub = new HubOptions { Port = 0 }, Storage = TestStorage.Options(folder) };
        set?.Invoke(settings);
        var app = HubApplication.Build(settings, services =>
        {
            services.AddSingleton(BrokerHost.Account);
            services.RemoveAll<ILoggerProvider>();
        });
        await app.StartAsync();
        var key = await app.Services.GetRequiredService<Database>().WriteAsync(
            scope => CreateKey.Do(scope, Actor.Console, "test", "city-it", null), WritePriority.Interactive, default);
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        return new ComposedHub(app, client);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
