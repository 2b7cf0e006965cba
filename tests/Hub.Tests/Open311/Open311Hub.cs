using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>The program with its Open311 server, asked as programs of other people ask it.</summary>
internal sealed class Open311Hub : IAsyncDisposable
{
    public static readonly GeoPoint Place = new(42.3655, -71.1037);

    private readonly RealHub hub;

    private Open311Hub(RealHub hub, string key)
    {
        this.hub = hub;
        Key = key;
        Client = hub.Client();
    }

    /// <summary>Asks without any credentials.</summary>
    public HttpClient Client { get; }

    /// <summary>A key that may report and update.</summary>
    public string Key { get; }

    public RealHub Real => hub;

    public Database Database => hub.Services.GetRequiredService<Database>();

    /// <summary>One whose limits do not fill up again while a busy machine takes its time.</summary>
    public static Task<Open311Hub> StartStandingAsync(Action<Open311Options> change) =>
        StartAsync(change, s => s.AddSingleton<TimeProvider>(new SteppedTime(TimeProvider.System.GetUtcNow())));

    public static async Task<Open311Hub> StartAsync(Action<Open311Options>? change = null, Action<IServiceCollection>? services = null, Action<HubSettings>? settings = null)
    {
        var hub = await RealHub.StartAsync(settings: s =>
        {
            s.Open311.CallsPerMinutePerAddress = 100_000;
            s.Open311.PostsPerMinutePerKey = 100_000;
            change?.Invoke(s.Open311);
            settings?.Invoke(s);
        }, services: services);
        return new Open311Hub(hub, await KeyAsync(hub, "integration"));
    }

    public Task<string> KeyAsync(string role) => KeyAsync(hub, role);

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<XElement> XmlAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await GetAsync(path);
        return await XmlAsync(response, expected, path);
    }

    public async Task<JsonElement> JsonAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await GetAsync(path);
        return await JsonAsync(response, expected, path);
    }

    public static async Task<XElement> XmlAsync(HttpResponseMessage response, HttpStatusCode expected, string what)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.StatusCode == expected, $"{what} answered {response.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
        Assert.Equal("text/xml; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return GeoReading.StrictXml(bytes);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response, HttpStatusCode expected, string what)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.StatusCode == expected, $"{what} answered {response.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return GeoReading.StrictJson(bytes);
    }

    /// <summary>Posts a form as it stands, with the key that may.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string form, bool withKey = true) => PostBytesAsync(path, Encoding.ASCII.GetBytes(withKey ? $"{form}&api_key={Key}" : form));

    public async Task<HttpResponseMessage> PostBytesAsync(string path, byte[] form, string? type = "application/x-www-form-urlencoded")
    {
        using var content = new ByteArrayContent(form);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Reports a pothole.</summary>
    /// <returns>Its service_request_id.</returns>
    public async Task<string> ReportAsync(string more = "", string service = "pothole", GeoPoint? at = null)
    {
        var place = at ?? Place;
        using var response = await PostAsync("/open311/v2/requests.json", FormattableString.Invariant($"service_code={service}&lat={place.Latitude}&long={place.Longitude}&{more}"));
        var answer = await JsonAsync(response, HttpStatusCode.OK, "POST requests");
        return answer[0].GetProperty("service_request_id").GetString()!;
    }

    public Task<Ticket> TicketAsync(string number) => Database.ReadAsync(c => TicketStore.Find(c, null, number)!, default);

    /// <summary>The errors that an answer names, whichever its format.</summary>
    public static async Task<List<string>> ErrorsAsync(HttpResponseMessage response, HttpStatusCode expected, string what)
    {
        if (response.Content.Headers.ContentType?.MediaType == "text/xml")
        {
            var root = await XmlAsync(response, expected, what);
            Assert.Equal("errors", root.Name.LocalName);
            Assert.All(root.Elements(), e => Assert.Equal(((int)expected).ToString(System.Globalization.CultureInfo.InvariantCulture), e.Element("code")!.Value));
            return [.. root.Elements("error").Select(e => e.Element("description")!.Value)];
        }

        var json = await JsonAsync(response, expected, what);
        Assert.All(json.EnumerateArray(), e => Assert.Equal((int)expected, e.GetProperty("code").GetInt32()));
        return [.. json.EnumerateArray().Select(e => e.GetProperty("description").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await hub.DisposeAsync();
    }

    private static async Task<string> KeyAsync(RealHub hub, string role)
    {
        var key = await hub.Services.GetRequiredService<Database>().WriteAsync(
            scope => CreateKey.Do(scope, Actor.Console, "test " + role, role, null), WritePriority.Interactive, default);
        return key.Text;
    }
}
