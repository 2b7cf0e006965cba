using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Map;

public sealed class MapTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-map-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_page_is_served_with_types_tags_and_lifetimes()
    {
        await using var hub = await BuiltAsync();
        using var client = hub.Client();

        using var index = await client.FetchAsync("/");
        Assert.Equal("text/html", index.Content.Headers.ContentType?.MediaType);
        Assert.True(index.Headers.CacheControl!.NoCache);
        Assert.Contains("the page", await index.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var script = await client.FetchAsync("/assets/index-Ab3_dEf9.js");
        Assert.Equal("text/javascript", script.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", script.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("immutable", (await client.FetchAsync("/assets/fonts/face.woff2")).Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(index.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task A_compressed_twin_is_sent_to_who_takes_it()
    {
        await using var hub = await BuiltAsync();
        using var client = hub.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-Ab3_dEf9.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var packed = await client.SendAsync(request);
        Assert.Equal("br", packed.Content.Headers.ContentEncoding.Single());
        Assert.Equal("packed", await packed.Content.ReadAsStringAsync());
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
        Assert.Equal("plain", await (await client.FetchAsync("/assets/index-Ab3_dEf9.js")).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/requests/SR-26-000123", "text/html", HttpStatusCode.OK)]
    [InlineData("/requests/SR-26-000123", "application/json", HttpStatusCode.NotFound)]
    [InlineData("/api/nothing", "text/html", HttpStatusCode.NotFound)]
    [InlineData("/assets/gone.js", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/assets/../../secret.json", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/assets/..%2f..%2fsecret.json", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/assets/%2e%2e/%2e%2e/secret.json", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/assets/.hidden.json", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/tiles/other.pmtiles", "*/*", HttpStatusCode.NotFound)]
    public async Task Only_page_navigations_fall_back_to_the_page_and_nothing_outside_its_folder_is_served(string path, string accept, HttpStatusCode expected)
    {
        await using var hub = await BuiltAsync();
        using var client = await hub.WithKeyAsync("read-only");
        client.DefaultRequestHeaders.Add("Accept", accept);
        using var response = await client.FetchAsync(path);
        Assert.Equal(expected, response.StatusCode);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tiles_are_served_by_ranges_and_glyphs_by_name()
    {
        await using var hub = await BuiltAsync();
        using var client = hub.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tiles/city.pmtiles");
        request.Headers.Range = new RangeHeaderValue(0, 6);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("PMTiles", await response.Content.ReadAsStringAsync());
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, (await client.FetchAsync("/glyphs/Noto%20Sans%20Regular/0-255.pbf")).StatusCode);
    }

    [Fact]
    public async Task The_map_is_described_from_the_archive_itself()
    {
        await using var hub = await BuiltAsync();
        using var client = await hub.WithKeyAsync("read-only");
        var map = await (await client.FetchAsync("/api/map")).JsonAsync();
        Assert.Equal("/tiles/city.pmtiles", map.GetProperty("tilesUrl").GetString());
        Assert.Equal("/glyphs/{fontstack}/{range}.pbf", map.GetProperty("glyphsUrl").GetString());
        Assert.Equal([-71.2, 42.3, -71, 42.5], map.GetProperty("bounds").EnumerateArray().Select(b => b.GetDouble()));
        Assert.Equal([-71.1, 42.4], map.GetProperty("center").EnumerateArray().Select(b => b.GetDouble()));
        Assert.Equal("Cambridge, MA", map.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_citys_own_tiles_join_the_policy_of_the_page()
    {
        await using var hub = await RealHub.StartAsync(o =>
        {
            o.TilesUrl = "https://tiles.example.gov/city/base.pmtiles";
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(o.PageFolder).FullName, "index.html"), "<!doctype html>");
        });
        using var client = await hub.WithKeyAsync("read-only");
        using var response = await client.FetchAsync("/api/map");
        Assert.Equal("https://tiles.example.gov/city/base.pmtiles", (await response.JsonAsync()).GetProperty("tilesUrl").GetString());
        using var page = await client.FetchAsync("/");
        Assert.Contains("connect-src 'self' https://tiles.example.gov;", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_did_not_change_keeps_its_policy_in_the_browser()
    {
        await using var hub = await RealHub.StartAsync(o => File.WriteAllText(Path.Combine(Directory.CreateDirectory(o.PageFolder).FullName, "index.html"), "<!doctype html>"));
        using var client = hub.Client();
        using var first = await client.FetchAsync("/");
        Assert.Contains("default-src 'self'", first.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        // What it said would replace what the browser keeps: a page without scripts from the second look on.
        Assert.False(again.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Without_a_built_page_the_hub_says_how_to_build_it()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        using var response = await client.FetchAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("npm run build", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<RealHub> BuiltAsync()
    {
        void Write(string path, string text)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }

        Write("page/index.html", "<title>the page</title>");
        Write("page/assets/index-Ab3_dEf9.js", "plain");
        Write("page/assets/index-Ab3_dEf9.js.br", "packed");
        Write("page/assets/fonts/face.woff2", "font");
        Write("page/assets/.hidden.json", "secret");
        Write("secret.json", "secret");
        Write("glyphs/Noto Sans Regular/0-255.pbf", "glyphs");
        File.WriteAllBytes(Path.Combine(folder, "city.pmtiles"), Archive());
        return RealHub.StartAsync(o =>
        {
            o.PageFolder = Path.Combine(folder, "page");
            o.TilesFile = Path.Combine(folder, "city.pmtiles");
            o.GlyphsFolder = Path.Combine(folder, "glyphs");
        });
    }

    /// <summary>A header without tiles: 42.3 to 42.5 north, 71 to 71.2 west.</summary>
    private static byte[] Archive()
    {
        var bytes = new byte[127];
        Encoding.ASCII.GetBytes("PMTiles").CopyTo(bytes, 0);
        bytes[7] = 3;
        void At(int offset, double degrees) => BitConverter.TryWriteBytes(bytes.AsSpan(offset), (int)Math.Round(degrees * 1e7));
        At(102, -71.2);
        At(106, 42.3);
        At(110, -71);
        At(114, 42.5);
        At(119, -71.1);
        At(123, 42.4);
        return bytes;
    }
}
