using System.Reflection;
using System.Text;
using ThreeOneOne.Field.Hub.CitySystem;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

public sealed class LenientReaderTests
{
    private const string Json = "application/json";

    public static TheoryData<string> Shapes => new(
        """[{"service_request_id":77,"status":"open","lat":"42.1","long":-71.5}]""",
        """{"service_request_id":"77","status":"OPEN","lat":42.1,"long":-71.5}""",
        """{"service_requests":{"request":{"service_request_id":77,"lat":42.1,"lon":-71.5,"status":"open"}}}""",
        """{"service_requests":[{"request":{"service_request_id":"77","latitude":42.1,"longitude":"-71.5","status":"open"}}]}""",
        """{"requests":[{"service_request_id":77,"lat":42.1,"long":-71.5,"status":"open"}]}""",
        """ [{"service_request_id" : 077 , "status":"open","lat":42.1,"long":-71.5}] """.Replace("077", "77", StringComparison.Ordinal),
        """<service_requests><request><service_request_id>77</service_request_id><status>open</status><lat>42.1</lat><long>-71.5</long></request></service_requests>""",
        """<?xml version="1.0" encoding="utf-8"?><requests><request><service_request_id>77</service_request_id><status>Open</status><lat>42.1</lat><long>-71.5</long></request></requests>""",
        """<service-requests type="array"><service-request><service-request-id>77</service-request-id><status>open</status><lat>42.1</lat><long>-71.5</long></service-request></service-requests>""",
        """<m:service_requests xmlns:m="http://city/v2"><m:request><m:service_request_id> 77 </m:service_request_id><m:status>open</m:status><m:lat>42.1</m:lat><m:long>-71.5</m:long></m:request></m:service_requests>""",
        """<!-- hello --><request><service_request_id>77</service_request_id><status>open</status><lat>42.1</lat><long>-71.5</long></request>""");

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_request_is_found_in_whatever_it_is_wrapped(string body)
    {
        foreach (var type in new[] { "application/json", "text/xml; charset=utf-8", "text/html", null })
        {
            var document = CityDocument.Read(Encoding.UTF8.GetBytes(body), type);
            var row = Assert.Single(LenientReader.Requests(document, TimeZoneInfo.Utc));
            Assert.Equal(("77", true, 42.1, -71.5), (row.Id, row.IsOpen, row.At!.Value.Latitude, row.At.Value.Longitude));
            Assert.True(LenientReader.IsList(document));
            Assert.Empty(LenientReader.Errors(document));
        }
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("""{"service_requests":[]}""", true)]
    [InlineData("""{"requests":[]}""", true)]
    [InlineData("<service_requests/>", true)]
    [InlineData("<service_requests>\n</service_requests>", true)]
    [InlineData("<requests type=\"array\"></requests>", true)]
    [InlineData("{}", false)]
    [InlineData("""{"message":"internal error"}""", false)]
    [InlineData("""{"errors":[]}""", false)]
    [InlineData("<errors><error><description>down</description></error></errors>", false)]
    [InlineData("<html><body>down</body></html>", false)]
    [InlineData("<!DOCTYPE html>\n<html>[]</html>", false)]
    [InlineData("", false)]
    [InlineData("OK", false)]
    [InlineData("[{", false)]
    public void Only_a_list_that_is_empty_says_that_nothing_is_there(string body, bool isList)
    {
        var document = Read(body);
        Assert.Equal(isList, LenientReader.IsList(document));
        Assert.Empty(LenientReader.Requests(document, TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("""[{"code":403,"description":"no key"}]""", "403: no key")]
    [InlineData("""{"errors":[{"code":"400","message":"bad"},{"detail":"worse"}]}""", "400: bad|worse")]
    [InlineData("""{"error":"nope"}""", "nope")]
    [InlineData("""{"errors":["a","b"]}""", "a|b")]
    [InlineData("""{"errors":{"error":{"code":404,"description":"gone"}}}""", "404: gone")]
    [InlineData("<error>no key</error>", "no key")]
    [InlineData("<errors><error><code>400</code><description>x</description></error><error><description>y</description></error></errors>", "400: x|y")]
    public void Errors_come_in_many_forms(string body, string expected) =>
        Assert.Equal(expected, string.Join('|', LenientReader.Errors(Read(body))));

    [Fact]
    public void Codes_with_leading_zeros_and_no_quotes_are_read_as_the_specifications_own_examples_have_them()
    {
        var services = LenientReader.Services(Read("""[{"service_code":001,"service_name":"at 24x7, 007","metadata":true,"type":"realtime","group":"g"},{"service_code":0}]"""));
        Assert.Equal(["001", "0"], services.Select(s => s.Code));
        Assert.Equal("at 24x7, 007", services[0].Name);
        Assert.True(services[0].Metadata);
    }

    [Fact]
    public void Media_and_agencies_may_be_texts_lists_or_objects()
    {
        string[] Media(string json) => [.. Only($$"""[{"service_request_id":1,"media_url":{{json}}}]""").Media];
        Assert.Equal(["a"], Media("\"a\""));
        Assert.Equal(["a", "b"], Media("""["a","b"]"""));
        Assert.Equal(["a", "b"], Media("""[{"url":"a","id":"1"},{"media_url":"b"}]"""));
        Assert.Empty(Media("null"));
        Assert.Equal("Parks", Only("""[{"service_request_id":1,"agency_responsible":{"id":9,"name":"Parks"}}]""").Agency);
    }

    [Theory]
    [InlineData("2010-04-14T06:37:38-08:00", "2010-04-14T14:37:38Z")]
    [InlineData("2010-04-14T06:37:38Z", "2010-04-14T06:37:38Z")]
    [InlineData("2018-09-06T19:51:48.250Z", "2018-09-06T19:51:48.250Z")]
    [InlineData("2018-09-06T19:51:48+0200", "2018-09-06T17:51:48Z")]
    [InlineData("2018-09-06T19:51:48 02:00", "2018-09-06T17:51:48Z")]
    [InlineData("2011-09-1 17:35", "2011-09-01T21:35:00Z")]
    [InlineData("2018-12-06", "2018-12-06T05:00:00Z")]
    [InlineData("2018-13-06T00:00:00Z", null)]
    [InlineData("2018-02-30T00:00:00Z", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Times_are_read_as_cities_write_them(string text, string? expected) =>
        Assert.Equal(
            expected is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            LenientDate.Parse(text, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")));

    [Fact]
    public void Bytes_that_are_no_utf_8_are_latin_1_whatever_they_say()
    {
        var latin = Encoding.Latin1.GetBytes("""[{"service_request_id":"1","description":"Straße Zoë"}]""");
        Assert.Equal("Straße Zoë", Assert.Single(LenientReader.Requests(CityDocument.Read(latin, "application/json; charset=utf-8"), TimeZoneInfo.Utc)).Description);
    }

    [Fact]
    public void Real_cities_answers_are_read()
    {
        Assert.Equal(["14-01100669", "14-01100627"], LenientReader.Requests(Recorded("chicago-requests.json"), TimeZoneInfo.Utc).Select(r => r.Id));
        var toronto = LenientReader.Requests(Recorded("toronto-requests.xml"), TimeZoneInfo.Utc);
        Assert.Equal(("101005420892", "CSROWR-12", null, DateTimeOffset.Parse("2018-07-30T04:01:00Z", System.Globalization.CultureInfo.InvariantCulture)),
            (toronto[0].Id, toronto[0].ServiceCode, toronto[0].UpdatedAt, toronto[0].RequestedAt!.Value));
        Assert.Equal(["015", "010", "013", "012", "011", "016", "017", "014"], LenientReader.Services(Recorded("giessen-services.xml")).Select(s => s.Code));
        var boston = Assert.Single(LenientReader.Requests(Recorded("boston-salesforce.json"), TimeZoneInfo.Utc));
        Assert.Equal(("200012223", "MTRECYDBI", 1), (boston.Id, boston.ServiceCode, boston.Media.Count));
        var token = Assert.Single(LenientReader.Requests(Recorded("boston-token.xml"), TimeZoneInfo.Utc));
        Assert.Equal((null, "503fc045901932078800163c"), (token.Id, token.Token));
        Assert.Equal("400: Invalid service request: base is a duplicate.", Assert.Single(LenientReader.Errors(Recorded("boston-error-duplicate.xml"))).ToString());
        Assert.StartsWith("Invalid api_key", Assert.Single(LenientReader.Errors(Recorded("san-francisco-error.xml"))).Text, StringComparison.Ordinal);
        var helsinki = Assert.Single(LenientReader.Requests(Recorded("helsinki-request.json"), TimeZoneInfo.Utc));
        Assert.Equal(("3qp16kaphhsc78uc422l", false), (helsinki.Id, helsinki.IsOpen));
        var questions = LenientReader.Questions(Recorded("washington-definition.xml"));
        Assert.Equal(["WHISPOLO"], questions.Where(q => q.IsRequired).Select(q => q.Code));
        Assert.Equal(["ALLEY002", "STREE001"], questions.Single(q => q.Code == "WHISPOLO").Values);
    }

    [Fact]
    public void Nothing_that_a_city_sends_throws()
    {
        var seeds = ((IEnumerable<object[]>)Shapes).Select(s => (string)s[0]).Append("\uFEFF[{}]").Append("""{"a":"\ud800"}""").Append("<a>&undefined;</a>").Append(new string('[', 5_000)).Append(string.Concat(Enumerable.Repeat("<a>", 5_000)));
        var random = new Random(311);
        foreach (var seed in seeds)
        {
            for (var i = 0; i < 300; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(seed);
                for (var n = random.Next(6); n > 0 && bytes.Length > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                var cut = bytes.AsSpan(0, random.Next(bytes.Length + 1));
                var document = CityDocument.Read(cut, random.Next(2) == 0 ? Json : "text/xml; charset=iso-8859-1");
                Assert.True(document.Root is not null || document.Fault is not null || document.Format == "empty");
                _ = LenientReader.IsList(document);
                _ = LenientReader.Errors(document);
                _ = LenientReader.Services(document);
                Assert.All(LenientReader.Requests(document, TimeZoneInfo.Utc), r => Assert.True(r.At is null || r.At.Value.IsPlausible));
            }
        }
    }

    [Fact]
    public void A_request_survives_every_wrapping_that_a_city_may_choose()
    {
        // Rows with chosen values, wrapped at random in both formats, come back as they went in.
        var random = new Random(4);
        for (var i = 0; i < 500; i++)
        {
            var rows = Enumerable.Range(0, random.Next(4)).Select(n => (Id: $"{random.Next(1, 1_000_000)}", Text: Word(random), Lat: Math.Round((random.NextDouble() * 160) - 80, 6))).ToList();
            var body = random.Next(2) == 0 ? AsJson(rows, random) : AsXml(rows, random);
            var read = LenientReader.Requests(Read(body), TimeZoneInfo.Utc);
            Assert.Equal(rows.Select(r => (r.Id, r.Text, r.Lat)), read.Select(r => (r.Id!, r.Description!, r.At!.Value.Latitude)));
            Assert.True(LenientReader.IsList(Read(body)), body);
        }
    }

    private static string AsJson(List<(string Id, string Text, double Lat)> rows, Random random)
    {
        string Row((string Id, string Text, double Lat) r) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{{\"service_request_id\":{(random.Next(2) == 0 ? r.Id : $"\"{r.Id}\"")},\"description\":\"{r.Text}\",\"lat\":{(random.Next(2) == 0 ? $"{r.Lat}" : $"\"{r.Lat}\"")},\"long\":-71.5,\"status\":\"open\",\"media_url\":null,\"notes\":[{{\"description\":\"x\"}}]}}");
        var list = "[" + string.Join(',', rows.Select(Row)) + "]";
        return random.Next(4) switch { 0 => list, 1 => $"{{\"service_requests\":{list}}}", 2 => $"{{\"requests\":{list},\"page\":1}}", _ => rows.Count == 1 ? Row(rows[0]) : list };
    }

    private static string AsXml(List<(string Id, string Text, double Lat)> rows, Random random)
    {
        var root = new[] { "service_requests", "requests", "service-requests" }[random.Next(3)];
        var prefix = random.Next(2) == 0 ? "" : "m:";
        var space = prefix.Length > 0 ? " xmlns:m=\"http://c/\"" : random.Next(2) == 0 ? " xmlns=\"http://c/\" type=\"array\"" : "";
        return $"<{prefix}{root}{space}>" + string.Concat(rows.Select(r => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"<{prefix}request><{prefix}service_request_id>{r.Id}</{prefix}service_request_id><{prefix}description><![CDATA[{r.Text}]]></{prefix}description><{prefix}lat>{r.Lat}</{prefix}lat><{prefix}long>-71.5</{prefix}long><{prefix}zipcode/></{prefix}request>"))) + $"</{prefix}{root}>";
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => "abc xyzäß09<&"[random.Next(13)])).Trim() is { Length: > 0 } word ? "w" + word : "w";

    private static CityRow Only(string json) => Assert.Single(LenientReader.Requests(Read(json), TimeZoneInfo.Utc));

    private static CityDocument Read(string body) => CityDocument.Read(Encoding.UTF8.GetBytes(body), Json);

    private static CityDocument Recorded(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ThreeOneOne.Field.Hub.Tests.CitySystem.Answers.{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return CityDocument.Read(bytes.ToArray(), null);
    }
}
