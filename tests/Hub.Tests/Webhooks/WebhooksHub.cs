using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Webhooks;

namespace ThreeOneOne.Field.Hub.Tests.Webhooks;

/// <summary>The program with a receiver, on a clock that the test moves; its work is done when the test says.</summary>
internal sealed class WebhooksHub : IAsyncDisposable
{
    private double next;

    private WebhooksHub(RealHub hub, HttpClient client, TestClock clock) => (Hub, Client, Clock) = (hub, client, clock);

    public RealHub Hub { get; }

    /// <summary>City IT.</summary>
    public HttpClient Client { get; }

    public TestClock Clock { get; }

    public Database Database => Hub.Services.GetRequiredService<Database>();

    public static async Task<WebhooksHub> StartAsync(Action<WebhooksOptions>? change = null)
    {
        var clock = new TestClock();
        var hub = await RealHub.StartAsync(settings: s =>
        {
            s.Access.PublicUrl = "https://hub.example.gov";
            s.Webhooks.AllowHttp = true;
            s.Webhooks.AllowedNetworks = ["127.0.0.0/8"];
            s.Webhooks.CallsPerMinute = 60_000;
            change?.Invoke(s.Webhooks);
        }, services: s => s.AddSingleton<TimeProvider>(clock));
        return new WebhooksHub(hub, await hub.WithKeyAsync("city-it"), clock);
    }

    public async Task<(string Id, string Secret)> SubscribeAsync(string url, params string[] events)
    {
        var made = await (await Client.PostJsonAsync("/api/webhooks", new { url, description = "Open data", events })).JsonAsync();
        return (made.GetProperty("webhook").GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    public Task<JsonElement> ReadAsync(string id) => Client.FetchAsync("/api/webhooks/" + id).ContinueWith(r => r.Result.JsonAsync(), TaskScheduler.Default).Unwrap();

    /// <summary>A resident's report, public at once, each at a place of its own.</summary>
    public async Task<string> ReportAsync(string description = "Deep hole") =>
        await Database.WriteAsync(scope => Hub.Services.GetRequiredService<ReportRequest>().Do(scope, new NewRequest
        {
            Service = "pothole", At = new Wire.GeoPoint(42.3655 + (next++ * 0.002), -71.1037), Source = "resident", Who = "test", Why = "Reported", Description = description,
        }).Number, WritePriority.Interactive, default);

    public async Task NoteAsync(string number, string text, bool isPublic = true) =>
        await (await Client.PostJsonAsync($"/api/requests/{number}/notes", new { text, @public = isPublic })).JsonAsync();

    public async Task CloseAsync(string number) =>
        await (await Client.PostJsonAsync($"/api/requests/{number}/resolve", new { resolution = "no-action" })).JsonAsync();

    /// <summary>Reacts to what happened and delivers what is due.</summary>
    public async Task DeliverAsync()
    {
        await Hub.ReactAsync();
        while (await Hub.Services.GetRequiredService<WebhookWorker>().RunDueAsync(default) > 0)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Hub.DisposeAsync();
    }
}
