using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>GeoReport v2 as other people's programs use it, and the traps into which servers fall.</summary>
public sealed class GeoReportTests(SharedOpen311Hub shared) : IClassFixture<SharedOpen311Hub>
{
    private const string V2 = "/open311/v2";

    [Fact]
    public async Task Every_answer_says_the_same_as_XML_and_as_JSON()
    {
        await using var hub = await Open311Hub.StartAsync();
        var number = await hub.ReportAsync("description=Deep%20%26%20wide%20%3Cb%3E%0D%0Anext%20line&attribute%5BWHERE%5D=x");
        using var token = await hub.PostAsync(V2 + "/requests.json", "service_code=pothole&address_string=1%20Main%20St");
        var waiting = (await Open311Hub.JsonAsync(token, HttpStatusCode.OK, "POST"))[0].GetProperty("token").GetString();
        string[] paths =
        [
            "/open311/discovery", V2 + "/discovery", V2 + "/services", V2 + "/services/pothole", V2 + "/services/street-light-out", V2 + "/requests", V2 + $"/requests/{number}",
            V2 + $"/tokens/{waiting}", V2 + "/servicerequestupdates",
        ];
        foreach (var path in paths)
        {
            foreach (var more in (string[])["", "?extensions=true"])
            {
                var xml = await hub.XmlAsync(path + ".xml" + more);
                var json = await hub.JsonAsync(path + ".json" + more);
                Assert.Equal(GeoReading.Normal(json), GeoReading.Normal(xml));
            }
        }

        foreach (var path in (string[])[V2 + "/nothing", V2 + "/services/nothing", V2 + "/requests/SR-00-000000", V2 + "/tokens/nothing"])
        {
            var json = await hub.JsonAsync(path + ".json", HttpStatusCode.NotFound);
            Assert.Equal(GeoReading.Normal(json), GeoReading.Normal(await hub.XmlAsync(path + ".xml", HttpStatusCode.NotFound)));
        }
    }

    [Fact]
    public async Task Discovery_names_an_endpoint_that_answers()
    {
        await using var hub = await Open311Hub.StartAsync(o => (o.Contact, o.KeyService, o.Type) = ("311 office", "write to us", "test"));
        var discovery = await hub.XmlAsync("/open311/discovery.xml");
        Assert.Equal(["changeset", "contact", "key_service", "endpoints"], discovery.Elements().Select(e => e.Name.LocalName));
        var endpoint = Assert.Single(discovery.Element("endpoints")!.Elements("endpoint"));
        Assert.Equal(["specification", "url", "changeset", "type", "formats"], endpoint.Elements().Select(e => e.Name.LocalName));
        Assert.Equal("http://wiki.open311.org/GeoReport_v2", endpoint.Element("specification")!.Value);
        Assert.Equal("test", endpoint.Element("type")!.Value);
        Assert.Equal(["text/xml", "application/json"], endpoint.Element("formats")!.Elements("format").Select(f => f.Value));
        var url = endpoint.Element("url")!.Value;
        Assert.False(url.EndsWith('/'));
        using var services = await hub.Client.GetAsync(new Uri(url + "/services.json"));
        Assert.Equal(HttpStatusCode.OK, services.StatusCode);
    }

    [Fact]
    public async Task Services_say_what_they_are_and_what_they_ask()
    {
        var hub = shared.Hub;
        var services = await hub.JsonAsync(V2 + "/services.json");
        Assert.True(services.GetArrayLength() >= 2);
        foreach (var service in services.EnumerateArray())
        {
            var code = service.GetProperty("service_code").GetString()!;
            Assert.Matches("^[A-Za-z0-9_-]+$", code);
            Assert.Contains(service.GetProperty("metadata").ValueKind, (JsonValueKind[])[JsonValueKind.True, JsonValueKind.False]);
            Assert.Contains(service.GetProperty("type").GetString(), (string[])["realtime", "batch", "blackbox"]);
            foreach (var member in (string[])["service_name", "description"]) Assert.NotEqual("", service.GetProperty(member).GetString());
            var definition = await hub.JsonAsync($"{V2}/services/{code}.json");
            Assert.Equal(code, definition.GetProperty("service_code").GetString());
            var attributes = definition.GetProperty("attributes").EnumerateArray().ToList();
            Assert.Equal(service.GetProperty("metadata").GetBoolean(), attributes.Count > 0);
            Assert.Equal(attributes.Count, attributes.Select(a => a.GetProperty("order").GetInt32()).Where(o => o >= 1).Distinct().Count());
            foreach (var attribute in attributes)
            {
                var datatype = attribute.GetProperty("datatype").GetString()!;
                Assert.Contains(datatype, (string[])["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]);
                Assert.Equal(datatype.EndsWith("list", StringComparison.Ordinal), attribute.TryGetProperty("values", out _));
            }
        }
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("json")]
    public async Task What_is_reported_can_be_read_back(string format)
    {
        var hub = shared.Hub;
        var before = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        using var posted = await hub.PostAsync($"{V2}/requests.{format}", "service_code=pothole&lat=42.3655&long=-71.1037&description=Deep");
        var number = format == "xml"
            ? (await Open311Hub.XmlAsync(posted, HttpStatusCode.OK, "POST")).Element("request")!.Element("service_request_id")!.Value
            : (await Open311Hub.JsonAsync(posted, HttpStatusCode.OK, "POST"))[0].GetProperty("service_request_id").GetString();
        Assert.Matches("^[A-Za-z0-9_-]+$", number);
        var request = Assert.Single((await hub.JsonAsync($"{V2}/requests/{number}.json")).EnumerateArray());
        Assert.Equal("open", request.GetProperty("status").GetString());
        Assert.Equal("pothole", request.GetProperty("service_code").GetString());
        Assert.Equal("Deep", request.GetProperty("description").GetString());
        Assert.Equal(42.3655, request.GetProperty("lat").GetDouble(), 3);
        Assert.Equal(-71.1037, request.GetProperty("long").GetDouble(), 3);
        Assert.InRange(DateTimeOffset.Parse(request.GetProperty("requested_datetime").GetString()!, CultureInfo.InvariantCulture), before, before.AddMinutes(1));
        Assert.Equal("resident", (await hub.TicketAsync(number!)).Source);
    }

    [Fact]
    public async Task The_same_report_twice_has_two_ids()
    {
        // A hub of its own: other tests report this place, too.
        await using var hub = await Open311Hub.StartAsync();
        var (first, second) = (await hub.ReportAsync("description=Deep"), await hub.ReportAsync("description=Deep"));
        Assert.NotEqual(first, second);
        var both = (await hub.JsonAsync($"{V2}/requests.json?service_request_id={first},{second}&extensions=true")).EnumerateArray().ToDictionary(r => r.GetProperty("service_request_id").GetString()!);
        Assert.Equal(2, both.Count);
        // Their status goes together, and each can be followed.
        Assert.Equal(first, both[second].GetProperty("extended_attributes").GetProperty("duplicate_of").GetString());
        Assert.Contains(first, both[second].GetProperty("status_notes").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?", null)]
    [InlineData("?jurisdiction_id=", null)]
    [InlineData("?jurisdiction_id=cambridge-ma", null)]
    [InlineData("?something=else&status=&api_key=whatever", null)]
    [InlineData("?q=Zo%EB", null)]
    [InlineData("?start_date=2026-11-01T00:00:00+00:00", null)]
    [InlineData("?jurisdiction_id=boston", HttpStatusCode.NotFound)]
    [InlineData("?start_date=soon", HttpStatusCode.BadRequest)]
    [InlineData("?page_size=501", HttpStatusCode.BadRequest)]
    [InlineData("?cursor=x", HttpStatusCode.BadRequest)]
    public async Task Parameters_are_tolerated_or_named(string query, HttpStatusCode? refused)
    {
        var hub = shared.Hub;
        foreach (var format in (string[])["xml", "json"])
        {
            using var response = await hub.GetAsync($"{V2}/requests.{format}{query}");
            if (refused is { } status) Assert.NotEmpty(await Open311Hub.ErrorsAsync(response, status, query));
            else Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/open311/v2//services.xml")]
    [InlineData("/open311//v2/services.xml")]
    [InlineData("/open311/v2/services.xml/")]
    [InlineData("/open311/v2/SERVICES.XML")]
    [InlineData("/open311/v2/services.xml?jurisdiction_id=")]
    public async Task Paths_that_real_clients_send_are_understood(string path)
    {
        var hub = shared.Hub;
        Assert.Equal("services", (await hub.XmlAsync(path)).Name.LocalName);
    }

    [Theory]
    [InlineData("GET", "Accept", "text/xml")]
    [InlineData("GET", "Accept", "text/html")]
    [InlineData("GET", "Accept", "image/png;q=1")]
    [InlineData("GET", "Accept", "nonsense")]
    [InlineData("GET", "Content-Type", "text/xml")]
    [InlineData("GET", "Authorization", "Bearer fk_wrong_key")]
    public async Task Headers_decide_nothing_about_a_GET(string method, string name, string value)
    {
        var hub = shared.Hub;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(V2 + "/services.json", UriKind.Relative));
        if (name == "Content-Type")
        {
            request.Content = new ByteArrayContent([]);
            request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        else
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await hub.Client.SendAsync(request);
        Assert.True((await Open311Hub.JsonAsync(response, HttpStatusCode.OK, value)).GetArrayLength() > 0);
    }

    [Fact]
    public async Task Keys_are_taken_from_form_address_and_header_and_checked_strictly()
    {
        var hub = shared.Hub;
        const string report = "service_code=pothole&lat=42.3655&long=-71.1037";
        foreach (var path in (string[])[V2 + "/requests", V2 + "/servicerequestupdates"])
        {
            foreach (var format in (string[])["xml", "json"])
            {
                var readOnly = await hub.KeyAsync("read-only");
                foreach (var key in (string[])["", "&api_key=", "&api_key=nonsense", "&api_key=fk_0123456789ab_wrong", $"&api_key={readOnly}"])
                {
                    using var refused = await hub.PostAsync($"{path}.{format}", report + key, withKey: false);
                    Assert.Single(await Open311Hub.ErrorsAsync(refused, HttpStatusCode.Forbidden, path + key));
                }
            }
        }

        using var byAddress = await hub.PostAsync($"{V2}/requests.json?api_key={hub.Key}", report, withKey: false);
        Assert.Equal(HttpStatusCode.OK, byAddress.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(V2 + "/requests.json", UriKind.Relative)) { Content = new StringContent(report, Encoding.ASCII, "application/x-www-form-urlencoded") };
        request.Headers.Add("Authorization", "Bearer " + await hub.KeyAsync("open311"));
        using var byHeader = await hub.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, byHeader.StatusCode);
    }

    [Fact]
    public async Task A_key_for_reports_sends_no_updates()
    {
        var hub = shared.Hub;
        var key = await hub.KeyAsync("open311");
        using var report = await hub.PostAsync(V2 + "/requests.json", $"service_code=pothole&lat=42.3655&long=-71.1037&api_key={key}", withKey: false);
        Assert.Equal(HttpStatusCode.OK, report.StatusCode);
        using var update = await hub.PostAsync(V2 + "/servicerequestupdates.json", $"api_key={key}", withKey: false);
        Assert.Contains("open311.update", Assert.Single(await Open311Hub.ErrorsAsync(update, HttpStatusCode.Forbidden, "update")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lat=42.36&long=-71.1", 400, "service_code")]
    [InlineData("service_code=&lat=42.36&long=-71.1", 400, "service_code")]
    [InlineData("service_code=dragons&lat=42.36&long=-71.1", 404, "service_code")]
    [InlineData("service_code=pothole", 400, "place")]
    [InlineData("service_code=pothole&lat=42.36", 400, "long")]
    [InlineData("service_code=pothole&lat=42,36&long=-71,1", 400, "lat and long")]
    [InlineData("service_code=pothole&lat=NaN&long=Infinity", 400, "lat and long")]
    [InlineData("service_code=pothole&lat=0&long=0", 400, "lat and long")]
    [InlineData("service_code=pothole&lat=91&long=-71.1", 400, "lat and long")]
    [InlineData("service_code=pothole&lat=42.36&long=-71.1&jurisdiction_id=boston", 404, "jurisdiction")]
    public async Task What_is_wrong_with_a_report_is_named(string form, int status, string named)
    {
        var hub = shared.Hub;
        foreach (var format in (string[])["xml", "json"])
        {
            using var response = await hub.PostAsync($"{V2}/requests.{format}", form);
            Assert.Contains(named, Assert.Single(await Open311Hub.ErrorsAsync(response, (HttpStatusCode)status, form)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        var hub = shared.Hub;
        using var response = await hub.PostAsync(V2 + "/requests.xml", $"service_code=pothole&lat=x&long=y&description={new string('d', 4_001)}&email={new string('e', 201)}");
        var errors = await Open311Hub.ErrorsAsync(response, HttpStatusCode.BadRequest, "all");
        Assert.All((string[])["lat and long", "description", "email"], name => Assert.Contains(errors, e => e.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Text_comes_back_as_written_but_for_line_ends()
    {
        var hub = shared.Hub;
        var number = await hub.ReportAsync("description=Zo%EB%20says%0D%0A%3Cscript%3Ealert(1)%3C%2Fscript%3E%20%26amp%3B%20%00%F0%9F%95%B3&media_url=http%3A%2F%2Fa.example%2F1.jpg&media_url=javascript%3Aalert(1)");
        // Not UTF-8 as a whole, so Latin-1 as a whole.
        Assert.StartsWith("Zoë says\n<script>alert(1)</script> &amp; \uFFFD", (await hub.JsonAsync($"{V2}/requests/{number}.json"))[0].GetProperty("description").GetString(), StringComparison.Ordinal);
        var emoji = await hub.ReportAsync("description=%F0%9F%95%B3%20at%20the%20kerb");
        Assert.Equal("🕳 at the kerb", (await hub.XmlAsync($"{V2}/requests/{emoji}.xml")).Element("request")!.Element("description")!.Value);
        using var client = await hub.Real.WithKeyAsync("city-it");
        Assert.Equal("http://a.example/1.jpg", (await (await client.FetchAsync($"/api/requests/{number}/photos")).JsonAsync()).GetProperty("links")[0].GetString());
    }

    [Fact]
    public async Task A_form_that_nobody_marked_is_a_form_and_one_marked_as_something_else_is_415()
    {
        var hub = shared.Hub;
        var form = Encoding.ASCII.GetBytes($"service_code=pothole&lat=42.3655&long=-71.1037&api_key={hub.Key}");
        foreach (var type in (string?[])[null, "application/x-www-form-urlencoded; charset=ISO-8859-1", "text/plain", "nonsense"])
        {
            using var taken = await hub.PostBytesAsync(V2 + "/requests.json", form, type);
            Assert.True(taken.StatusCode == HttpStatusCode.OK, type);
        }

        foreach (var type in (string[])["application/json", "text/xml"])
        {
            using var refused = await hub.PostBytesAsync(V2 + "/requests.xml", form, type);
            Assert.Single(await Open311Hub.ErrorsAsync(refused, HttpStatusCode.UnsupportedMediaType, type));
        }
    }

    [Fact]
    public async Task An_address_alone_gets_a_token_that_leads_to_the_request_once_it_is_placed()
    {
        await using var hub = await Open311Hub.StartAsync();
        using var posted = await hub.PostAsync(V2 + "/requests.json", "service_code=pothole&address_string=behind%20the%20library&email=ann%40example.org&description=Deep");
        var answer = (await Open311Hub.JsonAsync(posted, HttpStatusCode.OK, "POST"))[0];
        Assert.False(answer.TryGetProperty("service_request_id", out _));
        var token = answer.GetProperty("token").GetString()!;
        Assert.False((await hub.JsonAsync($"{V2}/tokens/{token}.json"))[0].TryGetProperty("service_request_id", out _));

        using var client = await hub.Real.WithKeyAsync("city-it");
        var waiting = Assert.Single((await (await client.FetchAsync("/api/open311/waiting")).JsonAsync()).GetProperty("items").EnumerateArray());
        Assert.Equal("behind the library", waiting.GetProperty("address").GetString());
        var numbers = new HashSet<string>();
        for (var i = 0; i < 2; i++)
            numbers.Add((await (await client.PostJsonAsync($"/api/open311/waiting/{token}/place", new { lat = 42.3655, lon = -71.1037 })).JsonAsync()).GetProperty("number").GetString()!);
        var number = Assert.Single(numbers);
        Assert.Equal(number, (await hub.JsonAsync($"{V2}/tokens/{token}.json"))[0].GetProperty("service_request_id").GetString());
        Assert.Equal("Deep", (await hub.JsonAsync($"{V2}/requests/{number}.json"))[0].GetProperty("description").GetString());
        Assert.Equal("ann@example.org", (await (await client.FetchAsync($"/api/requests/{number}/reporter?reason=call")).JsonAsync()).GetProperty("email").GetString());
        Assert.Empty((await (await client.FetchAsync("/api/open311/waiting")).JsonAsync()).GetProperty("items").EnumerateArray());
    }
}
