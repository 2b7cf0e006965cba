using System.Text;
using ThreeOneOne.Field.Hub.Catalogue;

namespace ThreeOneOne.Field.Hub.Tests.Catalogue;

public sealed class CatalogueFileTests
{
    private const string Good =
        """
        {"departments":[{"code":"d","title":"D"}],
         "calendars":[{"code":"c","monday":["07:00-15:30"]}],
         "pauseReasons":[{"code":"parts","title":"P","wording":"W"}],
         "resolutions":[{"code":"done","title":"Done","wording":"It is done."},{"code":"half","title":"Half","wording":"Half.","closes":false}],
         "stages":{"received":"Here."},
         "services":[{"code":"s","title":"S","description":"A thing.","group":"G","department":"d","targetHours":[1,2,3,4],"calendar":"c",
           "pauseReasons":["parts"],"resolutions":["done","half"],"escalation":[{"percent":75,"notify":"dispatcher"}],
           "urgentWords":["spark"],"byDistrict":{"1":"d"},
           "attributes":[{"code":"size","datatype":"SingleValueList","description":"How large?","required":true,"values":[{"key":"a","name":"A"}]},
                         {"code":"depth","datatype":"number","description":"How deep?"}]}]}
        """;

    private static readonly TimeZoneInfo Utc = TimeZoneInfo.Utc;

    [Fact]
    public void The_demos_catalogue_holds_what_the_hub_relies_on()
    {
        var catalogue = CatalogueFile.Read(new CatalogueOptions().File, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.All(["street-light-out", "pothole"], code => Assert.True(catalogue.Find(code)!.AllowSensor));
        Assert.True(catalogue.All.Count >= 12);
        Assert.All(["repaired", "temporary-repair", "made-safe", "not-found", "duplicate", "other-owner", "private-property", "no-action", "referred", "completed", "rejected"],
            code => Assert.NotNull(catalogue.Resolution(code)));
        Assert.All(["parts", "utility", "weather", "police", "permit"], code => Assert.NotNull(catalogue.PauseReason(code)));
        Assert.NotEqual(catalogue.Find("pothole")!.DepartmentIn("1"), catalogue.Find("pothole")!.DepartmentIn("11"));
    }

    [Fact]
    public void The_demos_catalogue_speaks_the_pages_languages()
    {
        var catalogue = CatalogueFile.Read(new CatalogueOptions().File, TimeZoneInfo.Utc);
        var titles = catalogue.All.Select(s => (s.Code, s.Titles)).Concat(catalogue.Resolutions.Select(r => (r.Code, r.Titles)))
            .Concat(catalogue.PauseReasons.Select(p => (p.Code, p.Titles))).Concat(catalogue.Departments.Select(d => (d.Code, d.Titles)))
            .Concat(catalogue.All.SelectMany(s => s.Attributes).SelectMany(a => a.Values.Select(v => (v.Key, v.Names)).Append((a.Code, a.Descriptions))));
        Assert.All(titles, t => Assert.Equal((t.Item1, "es ht pt zh"), (t.Item1, string.Join(' ', t.Item2.Keys.Order(StringComparer.Ordinal)))));
    }

    [Fact]
    public void A_title_is_told_in_other_languages_where_the_city_wrote_it()
    {
        var catalogue = Parse(Good.Replace("\"title\":\"S\"", "\"title\":\"S\",\"titles\":{\"es\":\"E\",\"pt-BR\":\"P\"}", StringComparison.Ordinal));
        Assert.Equal("E", catalogue.Find("s")!.Titles["es"]);
        Assert.Empty(Parse(Good).Find("s")!.Titles);
    }

    [Fact]
    public void A_file_is_read_as_it_is_written()
    {
        var service = Parse(Good).Find("s")!;
        Assert.Equal((AttributeType.SingleValueList, true, 1), (service.Attributes[0].Datatype, service.Attributes[0].Required, service.Attributes[0].Order));
        Assert.False(Parse(Good).Resolution("half")!.Closes);
        Assert.Equal("Here.", Parse(Good).StageWording("received"));
        Assert.True(service.IsUrgent("It is Sparking."));
        Assert.False(service.IsUrgent("a respark"));
    }

    [Theory]
    [InlineData("\"title\":\"S\"", "\"title\":\"S\",\"titles\":{\"Spanish\":\"E\"}", "services[0].titles.Spanish")]
    [InlineData("\"title\":\"S\"", "\"title\":\"S\",\"titles\":{\"es\":\"\"}", "services[0].titles.es")]
    [InlineData("\"department\":\"d\"", "\"department\":\"x\"", "services[0].department")]
    [InlineData("\"calendar\":\"c\"", "\"calendar\":\"x\"", "services[0].calendar")]
    [InlineData("[1,2,3,4]", "[1,2,3]", "services[0].targetHours")]
    [InlineData("[1,2,3,4]", "[4,2,3,4]", "services[0].targetHours")]
    [InlineData("[1,2,3,4]", "[0,2,3,\"4\"]", "services[0].targetHours[0]")]
    [InlineData("[\"parts\"]", "[\"rain\"]", "services[0].pauseReasons")]
    [InlineData("[\"done\",\"half\"]", "[]", "services[0].resolutions")]
    [InlineData("\"code\":\"s\"", "\"code\":\"s p\"", "services[0].code")]
    [InlineData("\"group\":\"G\",", "", "services[0].group")]
    [InlineData("\"group\":", "\"grupp\":", "services[0].grupp")]
    [InlineData("07:00-15:30", "15:30-07:00", "calendars[0].monday")]
    [InlineData("[\"07:00-15:30\"]", "[]", "calendars[0].monday")]
    [InlineData("\"1\":\"d\"", "\"1\":\"x\"", "services[0].byDistrict")]
    [InlineData("\"number\"", "\"numbers\"", "services[0].attributes[1].datatype")]
    [InlineData("\"code\":\"depth\"", "\"code\":\"size\"", "services[0].attributes")]
    [InlineData(",\"values\":[{\"key\":\"a\",\"name\":\"A\"}]", "", "services[0].attributes[0].values")]
    [InlineData("\"code\":\"half\"", "\"code\":\"done\"", "line 4: resolutions[1].code")]
    [InlineData("\"department\":\"d\"", "\"department\":\"y\"", "line 6: services[0].department")]
    [InlineData("\"datatype\":\"number\"", "\"datatype\":7", "line 10: services[0].attributes[1].datatype")]
    [InlineData("\"wording\":\"W\"", "\"word\":\"W\"", "line 3: pauseReasons[0].wording: expected a text\nline 3: pauseReasons[0].word: expected no such member")]
    [InlineData("[\"spark\"]", "[\"Spark\"]", "services[0].urgentWords")]
    [InlineData("\"stages\":{\"received\":\"Here.\"}", "\"stages\":{\"received\":1}", "stages.received")]
    public void A_mistake_is_named_with_its_place(string right, string wrong, string place)
    {
        var broken = Good.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Good, broken);
        Assert.Contains(place, Assert.Throws<InvalidDataException>(() => Parse(broken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var broken = Good.Replace("\"department\":\"d\"", "\"department\":\"x\"", StringComparison.Ordinal)
            .Replace("\"group\":", "\"grupp\":", StringComparison.Ordinal).Replace("[\"parts\"]", "[\"rain\"]", StringComparison.Ordinal);
        var message = Assert.Throws<InvalidDataException>(() => Parse(broken)).Message;
        Assert.All(["services[0].department", "services[0].group:", "services[0].grupp", "services[0].pauseReasons"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_are_checked_against_what_the_service_asks()
    {
        var service = Parse(Good).Find("s")!;
        Assert.Empty(service.AttributeFaults(new Dictionary<string, string> { ["size"] = "a", ["depth"] = "2.5" }));
        Assert.Equal(["depth", "other", "size"], service.AttributeFaults(new Dictionary<string, string> { ["depth"] = "deep", ["other"] = "x" }).Keys);
        Assert.Equal(["size"], service.AttributeFaults(new Dictionary<string, string> { ["size"] = "b" }).Keys);
    }

    private static ServiceCatalogue Parse(string json) => CatalogueFile.Parse(Encoding.UTF8.GetBytes(json), Utc);
}
