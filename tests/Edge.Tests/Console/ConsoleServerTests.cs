using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Console;

[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class ConsoleServerTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort.Next();
    private readonly HttpClient http = new();
    private TestVehicle vehicle = null!;

    public async Task InitializeAsync()
    {
        http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        vehicle = new TestVehicle(folder.Path, consolePort: port);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri("/console/state", UriKind.Relative))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the console answers");
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await vehicle.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_crew_signs_on_works_an_order_and_sees_it_saved()
    {
        var on = await PostAsync("/console/shift", """{"state":"on","crew":"crew-1","members":["m-7"]}""");
        Assert.True(on.GetProperty("saved").GetBoolean());
        vehicle.ReceiveOrders(3, TestVehicle.Order("o1", 42.371, -71.111));
        vehicle.Fixes.Give(42.3712, -71.111);
        await Eventually.TrueAsync(async () =>
        {
            var s = await StateAsync();
            return s.GetProperty("orders").GetArrayLength() == 1 && s.TryGetProperty("fixAgeSeconds", out _);
        }, "order and fix are shown");
        var state = await StateAsync();
        Assert.Equal("on", state.GetProperty("shift").GetProperty("state").GetString());
        Assert.Equal(22, state.GetProperty("orders")[0].GetProperty("distanceM").GetDouble());
        Assert.Equal("o1", state.GetProperty("nearby")[0].GetString());
        Assert.True(state.GetProperty("locked").GetBoolean());

        var done = await PostAsync("/console/actions", """{"id":"a1","kind":"complete","order":"o1"}""");
        var again = await PostAsync("/console/actions", """{"id":"a1","kind":"complete","order":"o1"}""");
        Assert.Equal(done.GetProperty("seq").GetInt64(), again.GetProperty("seq").GetInt64());
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Action?.Kind == CrewActionKind.Complete), "it has left");
        state = await StateAsync();
        Assert.Equal("field-complete", state.GetProperty("orders")[0].GetProperty("state").GetString());
        Assert.Equal("a1", state.GetProperty("recent")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/console/shift", """{"state":"on"}""", HttpStatusCode.Conflict, "names the crew")]
    [InlineData("/console/shift", """{"state":"asleep"}""", HttpStatusCode.Conflict, "one of on, break")]
    [InlineData("/console/actions", """{"id":"a1","kind":"complete","order":"o1"}""", HttpStatusCode.Conflict, "no crew is signed on")]
    [InlineData("/console/actions", "{", HttpStatusCode.BadRequest, "cannot be read")]
    [InlineData("/console/actions", "null", HttpStatusCode.BadRequest, "cannot be read")]
    public async Task Problems_say_cause_and_remedy(string path, string body, HttpStatusCode status, string cause)
    {
        using var response = await SendAsync(path, body);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(cause, problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Pages_of_other_sites_can_do_nothing()
    {
        const string Off = """{"state":"off"}""";
        using var foreignHost = await SendAsync("/console/shift", Off, host: $"attacker.example:{port}");
        Assert.Equal(HttpStatusCode.BadRequest, foreignHost.StatusCode);
        using var foreignOrigin = await SendAsync("/console/shift", Off, origin: "http://attacker.example");
        Assert.Equal(HttpStatusCode.Forbidden, foreignOrigin.StatusCode);
        using var form = await SendAsync("/console/shift", Off, contentType: "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        using var own = await SendAsync("/console/shift", Off, host: $"localhost:{port}", origin: $"http://localhost:{port}");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Theory]
    [InlineData("Host", "attacker.example", HttpStatusCode.BadRequest)]
    [InlineData("Host", "attacker.example:{port}", HttpStatusCode.BadRequest)]
    [InlineData("Host", "127.0.0.1.attacker.example:{port}", HttpStatusCode.BadRequest)]
    [InlineData("Host", "127.0.0.1:1", HttpStatusCode.BadRequest)]
    [InlineData("Host", "127.0.0.1", HttpStatusCode.BadRequest)]
    [InlineData("Host", "localhost:{port}", null)]
    [InlineData("Origin", "http://attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://127.0.0.1:{port}", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://127.0.0.1:{port}", null)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", null)]
    public async Task No_address_answers_another_site(string header, string value, HttpStatusCode? refused)
    {
        (string Method, string Path)[] addresses =
            [("GET", "/console/state"), ("GET", "/console/events"), ("POST", "/console/shift"), ("POST", "/console/actions"), ("POST", "/console/attachments"), ("POST", "/console/say")];
        foreach (var (method, path) in addresses)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, path.EndsWith("attachments", StringComparison.Ordinal) ? "image/jpeg" : "application/json");
            request.Headers.TryAddWithoutValidation(header, value.Replace("{port}", $"{port}", StringComparison.Ordinal));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (refused is { } status) Assert.True(response.StatusCode == status, $"{method} {path} answered {response.StatusCode}");
            else Assert.True(response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Forbidden) || method == "POST", $"{method} {path} answered {response.StatusCode}");
        }
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        using var response = await SendAsync("/console/actions", $$"""{"id":"a1","note":"{{new string('x', 70_000)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/console/elsewhere", HttpStatusCode.NotFound, null)]
    [InlineData("GET", "/", HttpStatusCode.NotFound, null)]
    [InlineData("GET", "/console/shift", HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("GET", "/console/attachments", HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("POST", "/console/state", HttpStatusCode.MethodNotAllowed, "GET")]
    [InlineData("GET", "/Console/State/", HttpStatusCode.OK, null)]
    public async Task Only_the_endpoints_answer_and_only_by_their_method(string method, string path, HttpStatusCode status, string? allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(allowed is null ? [] : [allowed], response.Content.Headers.Allow);
    }

    private Task<JsonElement> StateAsync() => http.GetFromJsonAsync<JsonElement>(new Uri("/console/state", UriKind.Relative));

    private async Task<JsonElement> PostAsync(string path, string body)
    {
        using var response = await SendAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<HttpResponseMessage> SendAsync(
        string path, string body, string? host = null, string? origin = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, contentType),
        };
        if (host is not null) request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await http.SendAsync(request);
    }
}
