using System.Text;
using ThreeOneOne.Field.Hub.Open311;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

public sealed class GeoFieldsTests
{
    [Theory]
    [InlineData("last_name=Zo%EB", "last_name", "Zoë")]
    [InlineData("last_name=Zo%C3%AB", "last_name", "Zoë")]
    [InlineData("a=1+2%2B3", "a", "1 2+3")]
    [InlineData("?a=1", "a", "1")]
    [InlineData("&&a=1&", "a", "1")]
    [InlineData("a=&a=%20&a=2", "a", "2")]
    [InlineData("a=100%", "a", "100%")]
    [InlineData("a=%zz%4", "a", "%zz%4")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("attribute%5BWHERE%5D=kerb", "attribute[WHERE]", "kerb")]
    public void Forms_are_read_from_their_bytes(string form, string name, string value) =>
        Assert.Equal(value, GeoFields.Parse(Encoding.ASCII.GetBytes(form))[name]);

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("a=")]
    [InlineData("a")]
    [InlineData("=1")]
    public void An_empty_parameter_is_absent(string form) => Assert.Null(GeoFields.Parse(Encoding.ASCII.GetBytes(form))["a"]);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_Latin_1() =>
        Assert.Equal("Zoë Müller", GeoFields.Parse([.. "n=Zo"u8, 0xEB, .. "+M"u8, 0xFC, .. "ller"u8])["n"]);

    [Fact]
    public void More_fields_than_any_form_has_are_noticed_and_not_read()
    {
        var fields = GeoFields.Parse(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 5_000).Select(i => $"f{i}=1"))));
        Assert.True(fields.TooMany);
        Assert.Equal(GeoFields.MostFields, fields.Names.Count());
    }

    [Fact]
    public void Whatever_bytes_come_something_is_read()
    {
        var random = new Random(311);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            foreach (var name in GeoFields.Parse(bytes).Names) Assert.NotEqual("", name);
        }
    }

    [Theory]
    [InlineData("page=2&page_size=30", 30, 30, null)]
    [InlineData("page=3", 100, 50, null)]
    [InlineData("page_size=500", 0, 500, null)]
    [InlineData("", 0, 1000, null)]
    [InlineData("cursor=5.SR-1&page=9", 0, 50, "5.SR-1")]
    public void Pages_are_counted(string form, int skip, int limit, string? cursor)
    {
        var (query, faults) = Read(form);
        Assert.Empty(faults);
        Assert.Equal((skip, limit, cursor), (query.Skip, query.Limit, query.Cursor));
    }

    [Theory]
    [InlineData("page_size=501", "page_size")]
    [InlineData("page_size=0", "page_size")]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=21&page_size=500", "Link")]
    [InlineData("status=open,lost", "status")]
    [InlineData("start_date=yesterday", "start_date")]
    [InlineData("updated_after=soon", "updated_after")]
    [InlineData("start_date=2026-01-01&end_date=2026-06-01", "90 days")]
    [InlineData("start_date=x&end_date=y&page=z", "start_date|end_date|page")]
    public void What_cannot_be_asked_is_named(string form, string named) =>
        Assert.All(named.Split('|'), (name, i) => Assert.Contains(name, Read(form).Faults[i], StringComparison.Ordinal));

    [Fact]
    public void Ids_override_everything_else()
    {
        var (query, faults) = Read("service_request_id=SR-1,%20SR-2,,SR-1&start_date=nonsense&status=lost&page=-5");
        Assert.Empty(faults);
        Assert.Equal(["SR-1", "SR-2"], query.Ids);
    }

    [Fact]
    public void Who_asks_what_changed_asks_over_all_requests_however_old()
    {
        var (query, _) = Read("updated_after=2026-11-01T00:00:00Z");
        Assert.Null(query.Requested);
        Assert.True(query.ByUpdated);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), query.UpdatedFromMs);
        Assert.NotNull(Read("updated_after=2026-11-01T00:00:00Z&start_date=2026-10-01").Query.Requested);
    }

    private static (RequestQuery Query, IReadOnlyList<string> Faults) Read(string form) => RequestQuery.Read(
        GeoFields.Parse(Encoding.ASCII.GetBytes(form)), new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
}
