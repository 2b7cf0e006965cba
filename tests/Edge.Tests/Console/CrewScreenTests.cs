using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Console;

/// <summary>What the vehicle does for the crew's page: its files, its stream, its lock, its receipt.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class CrewScreenTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort.Next();
    private readonly HttpClient http = new();
    private TestVehicle vehicle = null!;

    public async Task InitializeAsync()
    {
        var page = Directory.CreateDirectory(folder["page/assets"]).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(page, "index.html"), "<!doctype html><title>crew</title>");
        await File.WriteAllTextAsync(Path.Combine(page, "assets", "main-1.js"), "export {}");
        await File.WriteAllTextAsync(Path.Combine(page, "secret.key"), "no type, no page");
        http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        vehicle = new TestVehicle(folder["data"], consolePort: port, pageFolder: page);
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

    [Theory]
    [InlineData("/", "text/html", false)]
    [InlineData("/index.html", "text/html", false)]
    [InlineData("/assets/main-1.js", "text/javascript", true)]
    public async Task The_page_is_served_under_a_strict_policy(string path, string type, bool lasts)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(lasts, response.Headers.CacheControl!.MaxAge is not null);
    }

    [Theory]
    [InlineData("/assets")]
    [InlineData("/assets/")]
    [InlineData("/secret.key")]
    [InlineData("/..%2fdata%2fshift.json")]
    [InlineData("/assets/..%2f..%2fdata/orders.json")]
    [InlineData("//index.html")]
    public async Task What_is_not_of_the_page_is_not_there(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_page_is_only_read()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/index.html", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task A_change_is_on_the_screen_within_a_quarter_of_a_second()
    {
        using var stream = await ScreenStream.OpenAsync(http);
        Assert.Equal("off", (await stream.NextAsync()).GetProperty("shift").GetProperty("state").GetString());
        await SignOnAsync();
        await stream.UntilAsync(s => s.GetProperty("shift").GetProperty("state").GetString() == "on");
        // The middle of several: the first ones warm up. On its way a change waits a few times for a processor.
        await using var machine = MachineLateness.Watch();
        var late = new List<double>();
        for (var i = 1; i <= 7; i++)
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            vehicle.ReceiveOrders(i, TestVehicle.Order($"o{i}", 42.371, -71.111));
            await stream.UntilAsync(s => s.GetProperty("orders").GetArrayLength() == 1 && s.GetProperty("orders")[0].GetProperty("id").GetString() == $"o{i}");
            late.Add(System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        Assert.InRange(late.Order().ElementAt(late.Count / 2), 0, 250 + (8 * machine.Worst.TotalMilliseconds));
    }

    [Fact]
    public async Task A_screen_too_many_is_told_so_and_a_place_is_free_again_when_one_goes()
    {
        var open = new List<ScreenStream>();
        for (var i = 0; i < 8; i++) open.Add(await ScreenStream.OpenAsync(http));
        using (var ninth = await http.GetAsync(new Uri("/console/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead)) Assert.Equal(HttpStatusCode.ServiceUnavailable, ninth.StatusCode);
        foreach (var stream in open) stream.Dispose();
        await Eventually.TrueAsync(async () =>
        {
            using var again = await http.GetAsync(new Uri("/console/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            return again.IsSuccessStatusCode;
        }, "a place is free");
    }

    [Fact]
    public async Task Driving_locks_what_is_typed_and_leaves_what_one_button_says()
    {
        await SignOnAsync();
        vehicle.ReceiveOrders(1, TestVehicle.Order("o1", 42.38, -71.111));
        vehicle.Fixes.Give(42.3712, -71.111, speedMps: 9);
        await Eventually.TrueAsync(async () => (await StateAsync()).GetProperty("locked").GetBoolean(), "locked");
        Assert.Equal(HttpStatusCode.Locked, (await ActAsync("""{"id":"n","kind":"complete","order":"o1","note":"typed"}""")).Status);
        Assert.Equal(HttpStatusCode.Locked, (await ActAsync("""{"id":"c","kind":"cannotComplete","order":"o1","reason":"no-access"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("""{"id":"f","kind":"fixedHere","service":"pothole"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("""{"id":"h","kind":"duress","note":"come"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("""{"id":"a","kind":"accept","order":"o1"}""")).Status);

        await Eventually.TrueAsync(async () =>
        {
            vehicle.Fixes.Give(42.3712, -71.111, speedMps: 0.4);
            return !(await StateAsync()).GetProperty("locked").GetBoolean();
        }, "standing unlocks");
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("""{"id":"n","kind":"complete","order":"o1","note":"typed"}""")).Status);
    }

    [Fact]
    public async Task A_problem_is_reported_at_the_spot_and_taken_back_while_the_shift_lasts()
    {
        await SignOnAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync("""{"id":"r0","kind":"report","service":"pothole"}""")).Status);
        vehicle.Fixes.Give(42.3712, -71.111, speedMps: 0);
        await Eventually.TrueAsync(async () => (await StateAsync()).TryGetProperty("at", out _), "there is a fix");
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("""{"id":"r1","kind":"report","service":"pothole"}""")).Status);
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Action is { Kind: CrewActionKind.Report, Service: "pothole", At: not null }), "it has left");
        var done = (await StateAsync()).GetProperty("recent")[0];
        Assert.True(done.GetProperty("mine").GetBoolean());
        Assert.Equal("pothole", done.GetProperty("service").GetString());

        await PostAsync("/console/shift", """{"state":"off"}""");
        await SignOnAsync();
        Assert.False((await StateAsync()).GetProperty("recent")[0].GetProperty("mine").GetBoolean());
        var (status, body) = await ActAsync("""{"id":"u1","kind":"undo","undoes":"r1"}""");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("that shift has ended", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shift_that_ended_leaves_its_receipt_on_the_screen_until_the_next()
    {
        await SignOnAsync();
        vehicle.Fixes.Give(42.3712, -71.111, speedMps: 0);
        await Eventually.TrueAsync(async () => (await StateAsync()).TryGetProperty("at", out _), "there is a fix");
        await ActAsync("""{"id":"f1","kind":"fixedHere","service":"pothole"}""");
        await PostAsync("/console/shift", """{"state":"off"}""");
        var ended = (await StateAsync()).GetProperty("ended");
        Assert.Equal("crew-1", ended.GetProperty("crew").GetString());
        Assert.Equal(1, ended.GetProperty("actions").GetInt32());
        await SignOnAsync();
        Assert.False((await StateAsync()).TryGetProperty("ended", out _));
    }

    [Fact]
    public async Task What_an_action_was_about_stays_known_when_its_order_is_gone()
    {
        await SignOnAsync();
        vehicle.ReceiveOrders(1, TestVehicle.Order("o1", 42.38, -71.111));
        await Eventually.TrueAsync(async () => (await StateAsync()).GetProperty("orders").GetArrayLength() == 1, "the order is there");
        await ActAsync("""{"id":"c1","kind":"complete","order":"o1"}""");
        vehicle.ReceiveOrders(2);
        await Eventually.TrueAsync(async () => (await StateAsync()).GetProperty("orders").GetArrayLength() == 0, "the order is gone");
        Assert.Equal("WO-26-o1 · Pothole", (await StateAsync()).GetProperty("recent")[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task It_says_since_when_there_is_no_signal_until_there_is_one()
    {
        await Eventually.TrueAsync(async () => !(await StateAsync()).TryGetProperty("cutSince", out _), "the line is up");
        vehicle.Link.Connect(false);
        await Eventually.TrueAsync(async () => (await StateAsync()).TryGetProperty("cutSince", out _), "the line is cut");
        var since = (await StateAsync()).GetProperty("cutSince").GetDateTimeOffset();
        vehicle.Link.Connect(false);
        vehicle.ReceiveOrders(1);
        await Eventually.TrueAsync(() => vehicle.Agent.Orders.Version == 1, "time has passed");
        Assert.Equal(since, (await StateAsync()).GetProperty("cutSince").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_message_can_be_read_out_where_a_program_speaks()
    {
        Assert.True((await StateAsync()).GetProperty("speaks").GetBoolean());
        await PostAsync("/console/say", """{"text":"Emergency. 12 Inman St","language":"en"}""");
        await PostAsync("/console/say", """{"text":"--help","language":"no such"}""");
    }

    [Theory]
    [InlineData(12, 13, false)]
    [InlineData(2, 13, true)]
    public void Night_is_by_the_sun_where_the_vehicle_is(int hour, int day, bool dark)
    {
        var fix = ScriptedFixes.At(42.37, -71.11, 0, vehicle.Agent.Clock, 0) with { FixTime = new DateTimeOffset(2026, 6, day, hour + 4, 0, 0, TimeSpan.Zero) };
        vehicle.Agent.Fixes.Publish(fix);
        Assert.Equal(dark, vehicle.Agent.Console.State().Dark);
    }

    private Task SignOnAsync() => PostAsync("/console/shift", """{"state":"on","crew":"crew-1","members":["m-7"]}""");

    private Task<JsonElement> StateAsync() => http.GetFromJsonAsync<JsonElement>(new Uri("/console/state", UriKind.Relative));

    private Task<(HttpStatusCode Status, string Body)> ActAsync(string body) => SendAsync("/console/actions", body);

    private async Task PostAsync(string path, string body)
    {
        var (status, text) = await SendAsync(path, body);
        Assert.True(status == HttpStatusCode.OK, text);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
