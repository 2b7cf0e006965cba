using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

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

    public IServiceProvider Services => app.Services;

    /// <summary>Address of the vehicles' door.</summary>
    public Uri Door => new(app.Urls.Last());

    public Database Database => app.Services.GetRequiredService<Database>();

    public static Func<BrokerAccount> Account => () => UnprivilegedUser.Current is { } user
        ? new BrokerAccount(["setpriv", $"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"], user.Own)
        : BrokerAccount.Own();

    public static async Task<BrokerHost> StartAsync(
        string? folder = null, BrokerOptions? options = null, EnrolmentOptions? enrolment = null, Action<IServiceCollection>? services = null, ILoggerProvider? logs = null)
    {
        var data = folder ?? NewFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (logs is not null) builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.ConfigureHttpJsonOptions(json => HubJson.Configure(json.SerializerOptions));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddProblemDetails();
        builder.Services.AddStorage(TestStorage.Options(data)).AddAccess(new AccessOptions()).AddVehicles()
            .AddEnrolment(enrolment ?? new EnrolmentOptions { WatchSeconds = 1 }).AddBroker(options ?? new BrokerOptions()).AddIdentityWatch();
        builder.Services.AddSingleton(Account);
        services?.Invoke(builder.Services);
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

    /// <summary>A one-time code, as a supervisor gets it.</summary>
    public async Task<EnrolmentCode> CodeAsync(string vehicle)
    {
        using var client = await ClientAsync("supervisor");
        using var response = await client.PostAsync(new Uri($"/api/vehicles/{vehicle}/enrolment-codes", UriKind.Relative), null);
        Assert.True(EnrolmentCode.TryParse((await response.JsonAsync()).GetProperty("code").GetString()!, out var code, out var fault), fault);
        return code;
    }

    /// <summary>Enrols by a code, and returns the options of the vehicle's session.</summary>
    public async Task<LinkOptions> EnrolAsync(string vehicle) => (await EnrolWithKeyAsync(vehicle)).Link;

    /// <summary>Enrols by a code: the options of the vehicle's session, and its certificate with the key.</summary>
    public async Task<(LinkOptions Link, X509Certificate2 Own)> EnrolWithKeyAsync(string vehicle)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var blank = DoorClient.Open(Door, Services.GetRequiredService<CertificateAuthority>().AuthorityPem);
        using var response = await blank.PostJsonAsync("/vehicle/v1/enrolment", new { code = (await CodeAsync(vehicle)).SecretText, csr = DoorClient.Csr(key) });
        var answer = await response.JsonAsync();
        var certificate = answer.GetProperty("certificate").GetString()!;
        return (LinkOf(vehicle, answer, certificate, key.ExportPkcs8PrivateKeyPem()), DoorClient.WithKey(certificate, key));
    }

    /// <summary>The session of a vehicle that got this answer from the door.</summary>
    public LinkOptions LinkOf(string vehicle, JsonElement answer, string certificate, string key)
    {
        var at = Guid.NewGuid().ToString("n");
        string Keep(string name, string content)
        {
            var path = Path.Combine(Folder, $"{vehicle}.{at}.{name}");
            File.WriteAllText(path, content);
            return path;
        }

        return new LinkOptions
        {
            Host = answer.GetProperty("broker").GetProperty("host").GetString()!,
            Port = answer.GetProperty("broker").GetProperty("port").GetInt32(),
            ClientId = vehicle,
            ReconnectFirst = TimeSpan.FromMilliseconds(50),
            ReconnectLongest = TimeSpan.FromMilliseconds(400),
            Tls = new TlsOptions(Keep("ca", answer.GetProperty("authorities").GetString()!), Keep("crt", certificate), Keep("key", key)),
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

    public static async Task<MqttPublisher> ConnectAsync(LinkOptions options)
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
