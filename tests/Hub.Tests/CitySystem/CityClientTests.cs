using System.Net.Http.Headers;
using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Tests.Sites;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

public sealed class CityClientTests : IDisposable
{
    private const string Key = "s3cr3t-key-of-the-city";
    private readonly SteppedTime time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly string keyFile = Path.GetTempFileName();
    private readonly CitySystemOptions options;
    private readonly Push push;

    public CityClientTests()
    {
        File.WriteAllText(keyFile, Key + "\n");
        options = new CitySystemOptions { Url = "https://city.example/open311/v2/", KeyFile = keyFile, Jurisdiction = "city.gov" };
        push = new Push
        {
            Id = "ab", Request = "SR-26-000001", Kind = PushKind.Request, N = 0, Marker = "fm-aaaabbbbccccdddd", State = PushState.Sending, Attempts = 1,
            LeaseUntil = time.GetUtcNow().AddMinutes(2), FirstSentAt = time.GetUtcNow(), CreatedAt = time.GetUtcNow(), UpdatedAt = time.GetUtcNow(),
            Body = new PushBody { Service = "pothole", ServiceCode = "PW:Pot hole", Lat = 42.373611, Lon = -71.109733, Address = "5 Main Street", Description = "Pothole" },
        };
    }

    public void Dispose() => File.Delete(keyFile);

    [Theory]
    [InlineData(200, """[{"service_request_id":77}]""", "Stored")]
    [InlineData(201, """{"service_requests":{"request":{"service_request_id":"77"}}}""", "Stored")]
    [InlineData(202, """[{"token":"t"}]""", "Taken")]
    [InlineData(200, "", "Uncertain")]
    [InlineData(200, "<html>thanks</html>", "Uncertain")]
    [InlineData(200, """[{"code":500,"description":"later"}]""", "Uncertain")]
    [InlineData(200, """[{"service_request_id":1},{"service_request_id":2}]""", "Uncertain")]
    [InlineData(400, """[{"code":400,"description":"no such attribute"}]""", "Refused")]
    [InlineData(400, "Invalid service request: base is a duplicate.", "Refused")]
    [InlineData(404, "", "Refused")]
    [InlineData(401, "", "NotSent")]
    [InlineData(403, "<error>Invalid api_key</error>", "NotSent")]
    [InlineData(408, "", "Uncertain")]
    [InlineData(429, "", "NotSent")]
    [InlineData(500, "", "Uncertain")]
    [InlineData(502, "", "Uncertain")]
    [InlineData(503, "", "Uncertain")]
    [InlineData(504, "", "Uncertain")]
    [InlineData(302, "", "Uncertain")]
    public async Task Only_what_proves_that_nothing_was_stored_lets_a_push_be_sent_again(int status, string body, string expected)
    {
        using var server = new Scripted(_ => Scripted.Answer(status, body));
        var answer = await Client(server).PostAsync(push, null, default);
        Assert.Equal(expected, answer.GetType().Name);
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, "NotSent")]
    [InlineData(HttpRequestError.NameResolutionError, "NotSent")]
    [InlineData(HttpRequestError.SecureConnectionError, "NotSent")]
    [InlineData(HttpRequestError.ResponseEnded, "Uncertain")]
    [InlineData(HttpRequestError.InvalidResponse, "Uncertain")]
    [InlineData(HttpRequestError.Unknown, "Uncertain")]
    public async Task A_connection_that_broke_may_have_carried_it(HttpRequestError error, string expected)
    {
        using var server = new Scripted(_ => throw new HttpRequestException(error, "broke"));
        Assert.Equal(expected, (await Client(server).PostAsync(push, null, default)).GetType().Name);
    }

    [Fact]
    public async Task What_says_of_a_second_attempt_that_it_is_there_already_is_looked_for()
    {
        using var server = new Scripted(_ => Scripted.Answer(400, "Invalid service request: base is a duplicate."));
        Assert.IsType<PushAnswer.Refused>(await Client(server).PostAsync(push, null, default));
        Assert.IsType<PushAnswer.Uncertain>(await Client(server).PostAsync(push with { Attempts = 2 }, null, default));
        options.Quirks.Updates = true;
        var update = push with { Kind = PushKind.Update, Body = push.Body with { UpdateId = "SR-26-000001-3", Stage = "in-progress", At = time.GetUtcNow() } };
        Assert.Equal("SR-26-000001-3", Assert.IsType<PushAnswer.Stored>(await Client(server).PostAsync(update, "77", default)).Remote);
        Assert.Contains("status=IN_PROGRESS", server.Calls[^1].Body, StringComparison.Ordinal);
        Assert.Contains("service_request_id=77", server.Calls[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_its_turn_not_one_byte_goes_out()
    {
        var reached = false;
        using var server = new Scripted(_ =>
        {
            reached = true;
            return Scripted.Answer(200, "[]");
        });
        var client = Client(server);
        time.Step(TimeSpan.FromSeconds(91));
        Assert.IsType<PushAnswer.NotSent>(await client.PostAsync(push, null, default));
        Assert.False(reached);
        Assert.IsNotType<PushAnswer.NotSent>(await client.PostAsync(push with { LeaseUntil = time.GetUtcNow().AddSeconds(31) }, null, default));
        Assert.True(reached);
    }

    [Fact]
    public async Task The_form_has_what_the_server_asks_for_and_nothing_more()
    {
        using var server = new Scripted(_ => Scripted.Answer(200, "[]"));
        await Client(server).PostAsync(push, null, default);
        var (method, address, body, authorization) = Assert.Single(server.Calls);
        Assert.Equal(("POST", "https://city.example/open311/v2/requests.json", null), (method, address.ToString(), authorization));
        Assert.Equal(
            "jurisdiction_id=city.gov&service_code=PW%3APot+hole&lat=42.373611&long=-71.109733&description=Pothole+%5Bref+fm-aaaabbbbccccdddd%5D&api_key=" + Key, body);
    }

    [Fact]
    public async Task Quirks_change_what_goes_out()
    {
        options.Quirks.Format = CityQuirks.Form.Xml;
        options.Quirks.Key = CityQuirks.KeyPlace.Bearer;
        options.Quirks.Marker = CityQuirks.MarkerPlace.Attribute;
        options.Quirks.MarkerAttribute = "REF";
        options.Quirks.Place = CityQuirks.PlaceForm.Address;
        options.Reporter = new() { ["email"] = "field@city.gov" };
        using var server = new Scripted(_ => Scripted.Answer(200, "<a/>", "text/xml"));
        await Client(server).PostAsync(push with { Body = push.Body with { Attributes = new Dictionary<string, string> { ["WHERE"] = "STREET" } } }, null, default);
        var (_, address, body, authorization) = Assert.Single(server.Calls);
        Assert.Equal(("https://city.example/open311/v2/requests.xml", "Bearer " + Key), (address.ToString(), authorization));
        Assert.Equal(
            "jurisdiction_id=city.gov&service_code=PW%3APot+hole&address_string=5+Main+Street&description=Pothole&attribute%5BWHERE%5D=STREET&attribute%5BREF%5D=fm-aaaabbbbccccdddd&email=field%40city.gov", body);
    }

    [Fact]
    public async Task The_key_stands_in_no_cause_even_where_the_city_repeats_it()
    {
        using var server = new Scripted(_ => Scripted.Answer(400, $"[{{\"code\":400,\"description\":\"the key {Key} may not do that at https://x/?api_key={Key}\"}}]"));
        var refused = Assert.IsType<PushAnswer.Refused>(await Client(server).PostAsync(push, null, default));
        Assert.DoesNotContain(Key, refused.Cause, StringComparison.Ordinal);
        Assert.Contains("may not do that", refused.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_that_the_city_asks_for_is_kept_for_every_call()
    {
        using var server = new Scripted(_ => Scripted.Answer(429, "", more: r => r.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(90))));
        var pace = new CityPace(options, time);
        var answer = Assert.IsType<PushAnswer.NotSent>(await Client(server, pace).PostAsync(push, null, default));
        Assert.Equal(TimeSpan.FromSeconds(90), answer.RetryAfter);
        Assert.Equal(0, pace.Free());
        time.Step(TimeSpan.FromSeconds(89));
        Assert.Equal(0, pace.Free());
        time.Step(TimeSpan.FromSeconds(1));
        Assert.True(pace.Free() > 0);
    }

    [Fact]
    public void Calls_a_minute_are_bounded()
    {
        var pace = new CityPace(new CitySystemOptions { CallsPerMinute = 60, Concurrency = 2 }, time);
        var made = 0;
        for (var second = 0; second < 300; second++)
        {
            for (; pace.Free() > 0; made++) pace.Take();
            time.Step(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(made, 290, 306);
    }

    [Theory]
    [InlineData("https://elsewhere.example/open311/v2/requests.json", false)]
    [InlineData("http://city.example/open311/v2/requests.json", false)]
    [InlineData("https://city.example/v3/requests.json", true)]
    [InlineData("/v3/requests.json", true)]
    public async Task A_read_is_led_on_only_within_the_city_and_never_to_plain_text(string to, bool isFollowed)
    {
        using var server = new Scripted(r => r.RequestUri!.AbsolutePath.StartsWith("/open311", StringComparison.Ordinal) && r.RequestUri.Host == "city.example" && r.RequestUri.Scheme == "https"
            ? Scripted.Answer(301, "", more: m => m.Headers.Location = new Uri(to, UriKind.RelativeOrAbsolute))
            : Scripted.Answer(200, "[]"));
        var list = await Client(server).RequestsAsync(time.GetUtcNow().AddHours(-1), time.GetUtcNow(), default);
        Assert.Equal(isFollowed, list.Rows is not null);
        Assert.Equal(isFollowed ? 2 : 1, server.Calls.Count);
        if (!isFollowed) Assert.Contains("CitySystem:Url", list.Fault, StringComparison.Ordinal);
        server.Calls.Clear();
        Assert.IsType<PushAnswer.Refused>(await Client(server).PostAsync(push, null, default));
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        options.MaxAnswerMb = 1;
        using var server = new Scripted(_ => Scripted.Answer(200, "[" + new string(' ', 3_000_000) + "]", more: r => r.Content.Headers.ContentLength = null));
        var list = await Client(server).RequestsAsync(time.GetUtcNow().AddHours(-1), time.GetUtcNow(), default);
        Assert.Contains("more than 1 MiB", list.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "[]", false, false)]
    [InlineData(404, "[]", true, true)]
    [InlineData(404, "<html>gone</html>", true, false)]
    [InlineData(200, "[]", false, true)]
    [InlineData(200, "<html>[]</html>", false, false)]
    [InlineData(200, "", true, false)]
    [InlineData(500, "[]", true, false)]
    public async Task Only_an_empty_list_says_that_nothing_is_there(int status, string body, bool emptyIs404, bool isEmpty)
    {
        options.Quirks.EmptyIs404 = emptyIs404;
        using var server = new Scripted(_ => Scripted.Answer(status, body));
        var list = await Client(server).RequestsAsync(time.GetUtcNow().AddHours(-1), time.GetUtcNow(), default);
        Assert.Equal(isEmpty, list.Rows is { Count: 0 });
        Assert.Equal(!isEmpty, list.Fault is not null);
    }

    [Fact]
    public async Task A_list_that_may_be_cut_off_proves_nothing()
    {
        options.Quirks.ListCap = 2;
        using var server = new Scripted(_ => Scripted.Answer(200, """[{"service_request_id":1},{"service_request_id":2}]"""));
        Assert.Contains("cut off", (await Client(server).RequestsAsync(time.GetUtcNow().AddHours(-1), time.GetUtcNow(), default)).Fault, StringComparison.Ordinal);
        options.Quirks.Paging = true;
        options.Quirks.PageSize = 2;
        Assert.Contains("same rows", (await Client(server).RequestsAsync(time.GetUtcNow().AddHours(-1), time.GetUtcNow(), default)).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CityQuirks.Zone.Utc, "2026-11-20T12:00:00Z")]
    [InlineData(CityQuirks.Zone.Offset, "2026-11-20T07:00:00-05:00")]
    [InlineData(CityQuirks.Zone.None, "2026-11-20T12:00:00")]
    public void Times_go_out_in_whole_seconds(CityQuirks.Zone zone, string expected) =>
        Assert.Equal(expected, CityForm.Time(time.GetUtcNow().AddMilliseconds(250), zone, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")));

    private CityClient Client(HttpMessageHandler server, CityPace? pace = null) =>
        new(options, new CityHttp(options, server, pace ?? new CityPace(options, time), time), new HubOptions { TimeZone = "America/New_York" }, time);
}
