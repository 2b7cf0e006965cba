using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Broker;

/// <summary>A hub with storage, access, vehicles, enrolment and its embedded broker, whose mosquitto never runs as root.</summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownsFolder;

    private BrokerHost(WebApplication app, string folder, bool ownsFolder) => (this.app, Folder, this.ownsFolder) = (app, folder, ownsFolder);

    public string Folder { get; }

    public EmbeddedBroker Broker => app.Services.GetRequiredService<EmbeddedBroker>();

    public IHubSessions Sessions => app.Services.GetRequiredService<IHubSessions>();

    public Database Database => app.Services.GetRequiredService<Database>();

    public static Func<BrokerAccount> Account => () => UnprivilegedUser.Current is { } user
        ? new BrokerAccount(["setpriv", $"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"], user.Own)
        : BrokerAccount.Own();

    public static async Task<BrokerHost> StartAsync(string? folder = null, BrokerOptions? options = null)
    {
        var data = folder ?? NewFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddProblemDetails();
        builder.Services.AddStorage(TestStorage.Options(data)).AddAccess(new AccessOptions()).AddVehicles()
            .AddEnrolment(new EnrolmentOptions()).AddBroker(options ?? new BrokerOptions());
        builder.Services.AddSingleton(Account);
        var app = builder.Build();
        app.UseEnrolment();
        app.UseAccess();
        app.MapEnrolment();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            if (folder is null) Directory.Delete(data, recursive: true);
            throw;
        }

        return new BrokerHost(app, data, folder is null);
    }

    /// <summary>A data folder through which the broker's user may walk to its own files.</summary>
    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("field-broker-").FullName;
        if (UnprivilegedUser.Current is not null)
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    public Task RegisterAsync(string vehicle, string jurisdiction = "cambridge-ma") =>
        app.Services.GetRequiredService<VehicleRegistry>().RegisterAsync(
            new Vehicle(vehicle, jurisdiction, vehicle, VehicleKind.Crewed, DateTimeOffset.UnixEpoch), _ => { }, default);

    public async Task<HttpClient> ClientAsync(string role = "city-it")
    {
        var key = await Database.WriteAsync(s => CreateKey.Do(s, Actor.Console, "test", role, null), WritePriority.Interactive, default);
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        return client;
    }

    /// <summary>Enrols as an installer would, and returns the options of the vehicle's session.</summary>
    public async Task<LinkOptions> EnrolAsync(string vehicle)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var client = await ClientAsync();
        using var csr = new StringContent(new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), Encoding.UTF8, "text/plain");
        using var response = await client.PostAsync(new Uri($"/api/vehicles/{vehicle}/certificate", UriKind.Relative), csr);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        string Keep(string name, string content)
        {
            var path = Path.Combine(Folder, $"{vehicle}.{name}");
            File.WriteAllText(path, content);
            return path;
        }

        return new LinkOptions
        {
            Host = json.RootElement.GetProperty("host").GetString()!,
            Port = json.RootElement.GetProperty("port").GetInt32(),
            ClientId = vehicle,
            ReconnectFirst = TimeSpan.FromMilliseconds(50),
            ReconnectLongest = TimeSpan.FromMilliseconds(400),
            Tls = new TlsOptions(
                Keep("ca", json.RootElement.GetProperty("ca").GetString()!),
                Keep("crt", json.RootElement.GetProperty("certificate").GetString()!),
                Keep("key", key.ExportPkcs8PrivateKeyPem())),
        };
    }

    /// <summary>A registered and enrolled vehicle's session, once the broker has read its rules.</summary>
    public async Task<MqttPublisher> VehicleAsync(string vehicle, Func<LinkOptions, LinkOptions>? change = null)
    {
        await RegisterAsync(vehicle);
        var options = await EnrolAsync(vehicle);
        var link = await ConnectAsync(change?.Invoke(options) ?? options);
        await Eventually.TrueAsync(
            async () => await link.PublishAsync($"field/v1/cambridge-ma/{vehicle}/status", default, Qos.AtLeastOnce, false, default) == DeliveryResult.Accepted,
            "the broker has read the rules");
        return link;
    }

    private static async Task<MqttPublisher> ConnectAsync(LinkOptions options)
    {
        var link = MqttPublisher.Start(options, TimeProvider.System);
        await Eventually.TrueAsync(() => link.IsConnected, $"{options.ClientId} connects");
        return link;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsFolder) Directory.Delete(Folder, recursive: true);
    }
}
