using System.Net;
using System.Net.Sockets;
using System.Text;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>Whatever goes wrong below /open311, whoever refuses it, is said in GeoReport's way and never as HTML or problem+json.</summary>
public sealed class GeoErrorTests(SharedOpen311Hub shared) : IClassFixture<SharedOpen311Hub>
{
    [Theory]
    [InlineData("GET", "/open311/", 404)]
    [InlineData("GET", "/open311/v2", 404)]
    [InlineData("GET", "/open311/v2/nothing", 404)]
    [InlineData("GET", "/open311/v2/requests/SR-00-000000", 404)]
    [InlineData("GET", "/open311/v2/requests/a%2Fb", 404)]
    [InlineData("GET", "/open311/v2/requests/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("GET", "/open311/v3/services", 404)]
    [InlineData("GET", "/open311/v2/tokens/none", 404)]
    [InlineData("PUT", "/open311/v2/services", 405)]
    [InlineData("DELETE", "/open311/v2/requests/SR-00-000000", 405)]
    [InlineData("PATCH", "/open311/v2/requests", 405)]
    [InlineData("OPTIONS", "/open311/v2/requests", 405)]
    [InlineData("POST", "/open311/v2/services", 405)]
    [InlineData("POST", "/open311/v2/tokens/none", 405)]
    [InlineData("PUT", "/open311/v2/nothing", 404)]
    public async Task Wrong_addresses_and_methods(string method, string path, int status)
    {
        var hub = shared.Hub;
        foreach (var suffix in (string[])[".xml", ".json", "", ".yaml"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path + suffix, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
            using var response = await hub.Client.SendAsync(request);
            // Without a format that there is, an address is wrong before its method is.
            var expected = suffix is ".xml" or ".json" ? status : status == 405 && suffix == ".yaml" ? (int)response.StatusCode : 404;
            Assert.Contains(expected, (int[])[404, 405]);
            Assert.Equal(suffix == ".json" ? "application/json" : "text/xml", response.Content.Headers.ContentType?.MediaType);
            Assert.Single(await Open311Hub.ErrorsAsync(response, (HttpStatusCode)expected, $"{method} {path}{suffix}"));
            if (response.StatusCode == HttpStatusCode.MethodNotAllowed) Assert.NotEmpty(response.Content.Headers.Allow);
        }
    }

    [Fact]
    public async Task The_bare_folder()
    {
        using var response = await shared.Hub.GetAsync("/open311");
        Assert.Single(await Open311Hub.ErrorsAsync(response, HttpStatusCode.NotFound, "/open311"));
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_a_body()
    {
        var hub = shared.Hub;
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("/open311/v2/services.xml", UriKind.Relative));
        using var response = await hub.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/xml", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("json")]
    public async Task Bodies_that_are_too_large(string format)
    {
        await using var hub = await Open311Hub.StartAsync(o => o.MaxUploadBytes = 1024 * 1024);
        foreach (var type in (string[])["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
        {
            using var response = await hub.PostBytesAsync($"/open311/v2/requests.{format}", Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=description\r\n\r\n" + new string('d', 1_100_000)), type);
            Assert.Contains("large", Assert.Single(await Open311Hub.ErrorsAsync(response, HttpStatusCode.RequestEntityTooLarge, type)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=other")]
    [InlineData("multipart/form-data; boundary=b")]
    public async Task Parts_that_cannot_be_read(string type)
    {
        var hub = shared.Hub;
        using var response = await hub.PostBytesAsync("/open311/v2/requests.json", "--b\r\nContent-Disposition: form-data; name=lat\r\n\r\n42.36"u8.ToArray(), type);
        Assert.Single(await Open311Hub.ErrorsAsync(response, HttpStatusCode.BadRequest, type));
    }

    [Fact]
    public async Task A_page_of_another_site_that_posts()
    {
        var hub = shared.Hub;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/open311/v2/requests.json", UriKind.Relative)) { Content = new StringContent($"api_key={hub.Key}") };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await hub.Client.SendAsync(request);
        Assert.Single(await Open311Hub.ErrorsAsync(response, HttpStatusCode.Forbidden, "cross-site"));
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("json")]
    public async Task An_exception(string format)
    {
        await using var hub = await Open311Hub.StartAsync();
        await hub.Database.WriteAsync(scope => { scope.Execute("DROP TABLE open311_tokens"); }, WritePriority.Interactive, default);
        using var response = await hub.GetAsync($"/open311/v2/tokens/any.{format}");
        var error = Assert.Single(await Open311Hub.ErrorsAsync(response, HttpStatusCode.InternalServerError, "exception"));
        Assert.DoesNotMatch("Sqlite|Npgsql|table|Exception", error);
    }

    [Fact]
    public async Task Too_many_calls_from_one_address()
    {
        await using var hub = await Open311Hub.StartStandingAsync(o => o.CallsPerMinutePerAddress = 5);
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync("/open311/v2/services.xml")).StatusCode);
        foreach (var path in (string[])["services.xml", "services.json", "nothing.json", "requests/x.xml"])
        {
            using var response = await hub.GetAsync("/open311/v2/" + path);
            Assert.Single(await Open311Hub.ErrorsAsync(response, HttpStatusCode.TooManyRequests, path));
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }
    }

    [Fact]
    public async Task Too_many_posts_with_one_key_and_none_with_another()
    {
        await using var hub = await Open311Hub.StartStandingAsync(o => o.PostsPerMinutePerKey = 3);
        for (var i = 0; i < 3; i++) await hub.ReportAsync();
        using var refused = await hub.PostAsync("/open311/v2/requests.json", "service_code=pothole&lat=42.3655&long=-71.1037");
        Assert.Single(await Open311Hub.ErrorsAsync(refused, HttpStatusCode.TooManyRequests, "key"));
        Assert.NotNull(refused.Headers.RetryAfter);
        using var other = await hub.PostAsync("/open311/v2/requests.json", $"service_code=pothole&lat=42.3655&long=-71.1037&api_key={await hub.KeyAsync("open311")}", withKey: false);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Whatever_bytes_are_posted_the_answer_is_readable()
    {
        var hub = shared.Hub;
        var random = new Random(311);
        string[] types = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data; boundary=\"", "text/html", ";;;"];
        for (var i = 0; i < 150; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            if (i % 3 == 0) bytes = [.. "--b\r\nContent-Disposition: form-data; name=\"media\"; filename=\"x\"\r\n\r\n"u8, .. bytes, .. "\r\n--b--"u8];
            using var response = await hub.PostBytesAsync(i % 2 == 0 ? "/open311/v2/requests.json" : "/open311/v2/servicerequestupdates.xml", bytes, types[i % types.Length]);
            Assert.InRange((int)response.StatusCode, 400, 415);
            Assert.NotEmpty(await Open311Hub.ErrorsAsync(response, response.StatusCode, $"{i}"));
        }
    }

    /// <summary>The framework answers what is no HTTP by itself; it must not hang or say HTML.</summary>
    [Fact]
    public async Task What_is_no_HTTP_at_all()
    {
        var hub = shared.Hub;
        using var socket = new TcpClient();
        await socket.ConnectAsync(hub.Real.Address.Host, hub.Real.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync("GET /open311/v2/services.xml?q=Zo\u00eb HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var buffer = new byte[4_096];
        var length = await stream.ReadAsync(buffer, patience.Token);
        Assert.StartsWith("HTTP/1.1 ", Encoding.ASCII.GetString(buffer, 0, length), StringComparison.Ordinal);
        Assert.DoesNotContain("<html", Encoding.ASCII.GetString(buffer, 0, length), StringComparison.OrdinalIgnoreCase);
    }
}
