using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Attachments;
using ThreeOneOne.Field.Hub.Tests.Webhooks;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Webhooks;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>
/// Recognisable names of vehicles, crews, people and reporters are put wherever the hub keeps such names, and every byte that
/// leaves it for outside is searched for them: what anybody may read without signing in, files for open-data portals, what subscribers and
/// the city's own system receive. So is everything that is logged.
/// </summary>
public sealed class PublicBytesTests
{
    /// <summary>Each stands for one kind of thing that must stay inside.</summary>
    private static readonly string[] Secrets =
    [
        "veh-quagga", "Quagga", "crew-okapi", "Okapi", "member-zorilla", "Zorilla", "numbat", "Numbat", "617-555-0199", "6175550199", "555-0199", "device-dingo",
        "account-dingo", "internal-wombat", "trace-echidna", "dispatcher-tapir",
    ];

    private const string Reporter =
        "email=numbat%40mail.example&phone=617-555-0199&first_name=Numbatfirst&last_name=Numbatlast&device_id=device-dingo&account_id=account-dingo";

    private const string PublicUrl = "https://hub.example.gov";

    // To the minute: shown anywhere outside, it would say when the vehicle was there.
    private static readonly DateTimeOffset Passed = new(2026, 11, 3, 4, 37, 21, TimeSpan.Zero);

    [Fact]
    public async Task No_public_byte_and_no_log_line_names_a_vehicle_a_crew_or_a_reporter()
    {
        using var log = new EverythingSaid();
        await using var city = await Receiver.StartAsync();
        await using var subscriber = await Receiver.StartAsync();
        var answered = 0;
        city.Answer = c =>
        {
            c.Response.StatusCode = StatusCodes.Status200OK;
            // Pushes come side by side, and one id said twice would stop both.
            return c.Response.WriteAsync($"[{{\"service_request_id\":\"{Interlocked.Increment(ref answered)}\"}}]");
        };
        await using var hub = await Open311Hub.StartAsync(services: s => s.AddLogging(l => l.AddProvider(log)), settings: s => PassOn(s, city));
        var said = new List<(string What, string Bytes)>();
        using var staff = await hub.Real.WithKeyAsync("city-it");
        var hook = await (await staff.PostJsonAsync("/api/webhooks", new { url = subscriber.Url })).JsonAsync();
        var (sensor, resident, token) = await PlantAsync(hub, said);
        var byHand = await PassOnAsync(hub, staff, city, subscriber, sensor, resident);
        foreach (var export in (string[])["csv", "geojson"]) said.Add(await AskAsync(staff, $"/api/requests/export.{export}"));
        said.AddRange(subscriber.Deliveries.Select(d => ("a webhook", d.Text)));
        said.AddRange(city.Deliveries.Select(d => ("a push to the city", WebUtility.UrlDecode(d.Text))));
        var pictures = (await hub.JsonAsync($"/open311/v2/requests.json?service_request_id={sensor},{resident}")).EnumerateArray()
            .Select(r => r.GetProperty("media_url").GetString()![PublicUrl.Length..]).ToList();
        Assert.Equal(2, pictures.Count);
        foreach (var picture in pictures) said.Add(await AskAsync(hub.Client, picture));

        string[] resources =
        [
            "discovery", "services", "services/pothole", "requests", $"requests/{sensor}", $"requests/{resident}", $"tokens/{token}", "tokens/none", "servicerequestupdates", "nothing",
        ];
        string[] queries = ["", "?extensions=true", "?extensions=true&updated_after=2000-01-01", "?q=numbat", "?q=Quagga", $"?service_request_id={sensor},{resident}&extensions=true", "?page=0", "?start_date=x"];
        foreach (var resource in resources)
        {
            foreach (var format in (string[])[".xml", ".json", ""])
            {
                foreach (var query in queries) said.Add(await AskAsync(hub.Client, $"/open311/v2/{resource}{format}{query}"));
            }
        }

        foreach (var (method, pattern) in AnonymousRoutes.Table.Where(r => r.Method == "GET" && !r.Pattern.Contains('{', StringComparison.Ordinal))) said.Add(await AskAsync(hub.Client, pattern));
        Assert.True(said.Count > 200);
        // Both requests were among what was read, and what is public of them.
        Assert.Contains(said, s => s.Bytes.Contains(sensor, StringComparison.Ordinal) && s.Bytes.Contains("passes_for", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Bytes.Contains("Deep hole", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Bytes.Contains("Somebody is on the way.", StringComparison.Ordinal));
        // Every way out was gone by every request.
        foreach (var way in (string[])["/api/requests/export.csv", "/api/requests/export.geojson", "a webhook", "a push to the city"])
        {
            var bytes = string.Concat(said.Where(s => s.What == way).Select(s => s.Bytes));
            foreach (var sign in way == "a push to the city" ? (string[])["Found by road sensing", "Deep hole", "Somebody is on the way."] : [sensor, resident, byHand])
                Assert.True(bytes.Contains(sign, StringComparison.Ordinal), $"{way} does not have {sign}");
        }

        Assert.Contains(said, s => s.What == pictures[0] && s.Bytes.Contains("image/jpeg", StringComparison.Ordinal));
        // At its worst: a report that fails halfway.
        await IsKeptInsideAsync(hub, sensor, resident);
        await hub.Database.WriteAsync(scope => { scope.Execute("DROP TABLE open311_reporters"); }, WritePriority.Interactive, default);
        using var failed = await hub.PostAsync("/open311/v2/requests.xml", $"service_code=pothole&lat=42.3655&long=-71.1037&description=Numbat&{Reporter}");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        said.Add(("a report that failed", await failed.Content.ReadAsStringAsync()));
        Assert.NotEmpty(log.Lines);
        said.AddRange(log.Lines.Select(line => ("the log", line)));
        string[] secrets = [.. Secrets, hook.GetProperty("secret").GetString()!["whsec_".Length..]];
        // One line for each way out and name.
        var leaks = (from s in said from secret in secrets where s.Bytes.Contains(secret, StringComparison.OrdinalIgnoreCase) select (s.What, Secret: secret, s.Bytes)).DistinctBy(l => (l.What.Split('?')[0], l.Secret)).ToList();
        Assert.True(leaks.Count == 0, string.Join('\n', leaks.Select(l => $"{l.What} says {l.Secret}").Concat(leaks.Take(2).Select(l => l.Bytes))));
        Assert.Empty(said.Where(s => s.Bytes.Contains("2026-11-03T", StringComparison.Ordinal) || s.Bytes.Contains("04:37:21", StringComparison.Ordinal)).Select(s => s.What));
    }

    [Fact]
    public async Task Extensions_add_the_named_fields_and_nothing_else()
    {
        await using var hub = await Open311Hub.StartAsync();
        var (sensor, _, _) = await PlantAsync(hub, []);
        var request = (await hub.JsonAsync($"/open311/v2/requests/{sensor}.json?extensions=true"))[0];
        string[] plain =
        [
            "service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible", "requested_datetime", "updated_datetime",
            "expected_datetime", "address", "lat", "long", "media_url",
        ];
        Assert.Empty(request.EnumerateObject().Select(p => p.Name).Except([.. plain, "extended_attributes", "notes"]));
        Assert.Empty((await hub.JsonAsync($"/open311/v2/requests/{sensor}.json"))[0].EnumerateObject().Select(p => p.Name).Except(plain));
        var extended = request.GetProperty("extended_attributes");
        Assert.Empty(extended.EnumerateObject().Select(p => p.Name).Except(["detailed_status", "duplicate_of", "evidence"]));
        var evidence = extended.GetProperty("evidence");
        Assert.Equal(["passes_for", "passes_against", "first_date", "last_date"], evidence.EnumerateObject().Select(p => p.Name));
        Assert.Equal((4, 1), (evidence.GetProperty("passes_for").GetInt32(), evidence.GetProperty("passes_against").GetInt32()));
        // The city's day: it is still the evening before in Cambridge.
        Assert.Equal(("2026-11-02", "2026-11-09"), (evidence.GetProperty("first_date").GetString(), evidence.GetProperty("last_date").GetString()));
        var note = Assert.Single(request.GetProperty("notes").EnumerateArray());
        Assert.Empty(note.EnumerateObject().Select(p => p.Name).Except(["datetime", "type", "summary", "description"]));
    }

    [Fact]
    public async Task Who_reported_is_read_by_few_with_a_reason_and_forgotten_in_time()
    {
        await using var hub = await Open311Hub.StartAsync(o => o.ReporterDays = 1);
        var number = await hub.ReportAsync("email=numbat%40mail.example&first_name=Numbat");
        var path = $"/api/requests/{number}/reporter";
        foreach (var role in (string[])["read-only", "crew", "integration", "open311"])
        {
            using var refused = await hub.Real.WithKeyAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await refused.FetchAsync(path + "?reason=call")).StatusCode);
        }

        using var dispatcher = await hub.Real.WithKeyAsync("dispatcher");
        Assert.Equal(HttpStatusCode.BadRequest, (await dispatcher.FetchAsync(path)).StatusCode);
        var read = await (await dispatcher.FetchAsync(path + "?reason=ask%20which%20lane")).JsonAsync();
        Assert.Equal(("numbat@mail.example", "Numbat"), (read.GetProperty("email").GetString(), read.GetProperty("firstName").GetString()));
        var entry = Assert.Single(await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 100), default), e => e.Action == "reporter.read");
        Assert.Equal((number, "ask which lane"), (entry.Subject, entry.Detail));

        var forget = ActivatorUtilities.CreateInstance<ForgetReporters>(hub.Real.Services, new TestClock());
        Assert.Equal(0, await forget.RunAsync(default));
        var later = new TestClock();
        later.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await ActivatorUtilities.CreateInstance<ForgetReporters>(hub.Real.Services, later).RunAsync(default));
        Assert.Equal(HttpStatusCode.NotFound, (await dispatcher.FetchAsync(path + "?reason=again")).StatusCode);
        Assert.Equal(1, (await hub.JsonAsync($"/open311/v2/requests/{number}.json")).GetArrayLength());
    }

    private static void PassOn(HubSettings settings, Receiver city)
    {
        settings.Access.PublicUrl = PublicUrl;
        settings.CitySystem.Url = city.Url + "/open311/v2";
        settings.CitySystem.Sources = ["sensor", "crew", "person", "resident"];
        settings.CitySystem.Services = new() { ["pothole"] = "PH-1", ["street-light-out"] = "SL-2" };
        settings.CitySystem.Quirks.Updates = true;
        settings.CitySystem.CallsPerMinute = 60_000;
        settings.CitySystem.Concurrency = 16;
        settings.Webhooks.AllowHttp = true;
        settings.Webhooks.AllowedNetworks = ["127.0.0.0/8"];
    }

    /// <summary>Lets everything that was planted go out in every way there is.</summary>
    /// <returns>A request that somebody opened by hand.</returns>
    private static async Task<string> PassOnAsync(Open311Hub hub, HttpClient staff, Receiver city, Receiver subscriber, string sensor, string resident)
    {
        foreach (var number in (string[])[sensor, resident])
        {
            using var content = new ByteArrayContent(Pictures.Telling("Quagga One, member-zorilla, numbat@mail.example"));
            content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("image/jpeg");
            await (await staff.PostAsync(new Uri($"/api/requests/{number}/media?public=true&caption=The%20hole", UriKind.Relative), content)).JsonAsync();
        }

        var made = await (await staff.PostJsonAsync("/api/requests", new { service = "pothole", lat = 42.372, lon = -71.11, description = "internal-wombat: dispatcher-tapir heard it from Okapi" })).JsonAsync();
        await hub.Database.WriteAsync(scope =>
        {
            foreach (var number in (string[])[sensor, resident])
            {
                scope.Raise(new RequestOpened(number));
                scope.Raise(new PublicRequestChanged(number));
            }
        }, WritePriority.Interactive, default);
        await DeliverAsync(city, "Found by road sensing", "Deep hole");
        await hub.Database.WriteAsync(scope =>
        {
            foreach (var update in TicketReading.UpdatesOf(scope.Connection, [sensor, resident])) scope.Raise(new RequestUpdated(update.Request, update.Id));
        }, WritePriority.Interactive, default);
        await DeliverAsync(city, "Somebody is on the way.");
        var byHand = made.GetProperty("number").GetString()!;
        await DeliverAsync(subscriber, sensor, resident, byHand);
        return byHand;

        // The hub's own workers deliver too; whoever has an event in hand may not be done with it yet.
        async Task DeliverAsync(Receiver receiver, params string[] signs)
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    await hub.Real.ReactAsync();
                    await hub.Real.Services.GetRequiredService<PushWorker>().RunDueAsync(default);
                    await hub.Real.Services.GetRequiredService<WebhookWorker>().RunDueAsync(default);
                    var told = string.Concat(receiver.Deliveries.Select(d => WebUtility.UrlDecode(d.Text)));
                    return signs.All(sign => told.Contains(sign, StringComparison.Ordinal));
                },
                $"it was told {string.Join(", ", signs)}");
        }
    }

    private static async Task<(string Sensor, string Resident, string Token)> PlantAsync(Open311Hub hub, List<(string, string)> said)
    {
        async Task<string> PostAsync(string path, string form, string member)
        {
            using var response = await hub.PostAsync(path, form);
            var bytes = await response.Content.ReadAsStringAsync();
            said.Add(("POST " + path, bytes));
            Assert.True(response.IsSuccessStatusCode, bytes);
            return System.Text.Json.JsonDocument.Parse(bytes).RootElement[0].GetProperty(member).GetString()!;
        }

        var resident = await PostAsync("/open311/v2/requests.json", $"service_code=pothole&lat=42.3655&long=-71.1037&description=Deep%20hole.%20Call%20617-555-0199%20or%20numbat%40mail.example&{Reporter}", "service_request_id");
        var token = await PostAsync("/open311/v2/requests.json", $"service_code=pothole&address_string=at%20Numbat%27s%20house&{Reporter}", "token");
        await PostAsync("/open311/v2/servicerequestupdates.json", $"service_request_id={resident}&update_id=1&status=OPEN&updated_datetime=2026-11-21&description=internal-wombat%20says%20Numbat&{Reporter}", "update_id");
        const string sensor = "SR-26-900001";
        await hub.Database.WriteAsync(scope =>
        {
            const string site = "pothole:veh-quagga:1:2:3";
            SiteStore.Save(scope, new Site
            {
                Id = site, Kind = SiteKind.Pothole, At = Open311Hub.Place, For = 4, Against = 1, Supported = true, Tipped = "veh-quagga:1:2:3",
                FirstMs = Passed.ToUnixTimeMilliseconds(), LastMs = Passed.AddDays(7).ToUnixTimeMilliseconds(),
            });
            var ticket = TicketStore.Save(scope, GeoListTests.Request(900_001, scope.Now.AddDays(-1)) with
            {
                Site = site, CrewName = "Okapi Crew", OrderNumber = "WO-26-000009", EvidenceFor = 4, EvidenceAgainst = 1, SampledAt = Passed,
                Description = "internal-wombat: dispatcher-tapir saw Quagga One's trace-echidna",
            });
            TicketStore.LinkSite(scope, ticket.Number, site);
            TicketStore.SaveOrder(scope, new LinkedOrder("order-1", ticket.Number, "WO-26-000009", "started", "crew-okapi", "Okapi Crew", "veh-quagga", scope.Now));
            TicketStore.AddHistory(scope, ticket, "dispatcher-tapir", "Okapi Crew (member-zorilla) goes with Quagga One", isPublic: true, wording: "Somebody is on the way.");
            TicketStore.AddHistory(scope, ticket, "Zorilla", "internal-wombat", kind: HistoryEntry.Note);
        }, WritePriority.Interactive, default);
        return (sensor, resident, token);
    }

    /// <summary>The names are where they should be: else the search would find nothing whatever leaks.</summary>
    private static async Task IsKeptInsideAsync(Open311Hub hub, string sensor, string resident)
    {
        using var client = await hub.Real.WithKeyAsync("city-it");
        var inside = new StringBuilder();
        foreach (var path in (string[])[$"/api/requests/{resident}", "/api/requests", $"/api/requests/{resident}/reporter?reason=test", "/api/open311/waiting"]) inside.Append(await (await client.FetchAsync(path)).JsonAsync());
        inside.Append(await hub.Database.ReadAsync(c => string.Join('\n',
            [.. TicketReading.History(c, sensor).Select(h => h.ToString()), .. TicketStore.Orders(c, null, sensor).Select(o => o.ToString()), .. TicketStore.Sites(c, null, sensor)]), default));
        foreach (var secret in (string[])["veh-quagga", "Quagga", "Okapi", "member-zorilla", "Numbatfirst", "617-555-0199", "device-dingo", "account-dingo", "internal-wombat", "dispatcher-tapir"])
            Assert.Contains(secret, inside.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(string What, string Bytes)> AskAsync(HttpClient client, string path)
    {
        using var response = await client.FetchAsync(path);
        var headers = string.Join('\n', response.Headers.Concat(response.Content.Headers).Select(h => $"{h.Key}: {string.Join(',', h.Value)}"));
        return (path, $"{headers}\n{Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync())}");
    }

    private sealed class EverythingSaid : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
