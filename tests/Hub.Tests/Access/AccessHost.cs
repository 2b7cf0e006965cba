using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Access;

/// <summary>A hub with storage and access only, on a free port of loopback, and a clock that a test can turn.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private AccessHost(WebApplication app, string folder, TestClock clock)
    {
        (this.app, this.folder, Clock) = (app, folder, clock);
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }

    public TestClock Clock { get; }

    public Database Database => app.Services.GetRequiredService<Database>();

    public static async Task<AccessHost> StartAsync(Action<AccessOptions>? change = null, Action<WebApplication>? map = null)
    {
        var folder = Directory.CreateTempSubdirectory("field-access-").FullName;
        var clock = new TestClock();
        var options = new AccessOptions();
        change?.Invoke(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddProblemDetails().ConfigureHttpJsonOptions(json => HubJson.Configure(json.SerializerOptions));
        builder.Services.AddStorage(TestStorage.Options(folder)).AddAccess(options);
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseAccess();
        app.MapAccess();
        map?.Invoke(app);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            throw;
        }

        return new AccessHost(app, folder, clock);
    }

    /// <summary>A browser: keeps cookies, says that its requests come from the hub's own page, follows no redirect.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    public HttpClient WithKey(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task<string> LinkAsync(string name = "Ada", string role = "city-it") => (await Database.WriteAsync(
        scope => InvitePerson.Do(scope, Actor.Console, name, role, TimeSpan.FromHours(1)), WritePriority.Interactive, default)).Token;

    public async Task<string> KeyAsync(string role = "city-it", int? days = null) => (await Database.WriteAsync(
        scope => CreateKey.Do(scope, Actor.Console, "test", role, days), WritePriority.Interactive, default)).Text;

    /// <summary>A browser that has used a one-time link.</summary>
    public async Task<HttpClient> SignedInAsync(string name = "Ada", string role = "city-it")
    {
        var browser = Browser();
        (await browser.PostJsonAsync("/api/session/link", new { token = await LinkAsync(name, role) })).EnsureSuccessStatusCode();
        return browser;
    }

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync() => await Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 500), default);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
