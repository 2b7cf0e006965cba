using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>Every answer's headers, and what is too much of anything.</summary>
public sealed class LimitTests
{
    private static readonly string[] Always =
        ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"];

    [Fact]
    public async Task Every_answer_carries_the_headers_whatever_it_is()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        using var key = await hub.WithKeyAsync("city-it");
        (HttpMethod Method, string Path, string? Body)[] calls =
        [
            (HttpMethod.Get, "/", null), (HttpMethod.Get, "/sign-in", null), (HttpMethod.Get, "/sign-in/sign-in.js", null), (HttpMethod.Get, "/healthz", null), (HttpMethod.Get, "/readyz", null),
            (HttpMethod.Get, "/nothing", null), (HttpMethod.Get, "/api/nothing", null), (HttpMethod.Get, "/api/me", null), (HttpMethod.Put, "/api/me", "{}"), (HttpMethod.Post, "/api/session", "{"),
            (HttpMethod.Get, "/open311/v2/services.xml", null), (HttpMethod.Get, "/open311/v2/nothing", null),
            (HttpMethod.Get, "/openapi/v1.json", null), (HttpMethod.Get, "/api/vehicles/..%2f..%2fetc", null), (HttpMethod.Options, "/api/requests", null), (HttpMethod.Get, "/metrics", null),
        ];
        foreach (var (method, path, body) in calls)
        {
            foreach (var each in (HttpClient[])[client, key])
            {
                using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
                using var answer = await each.SendAsync(request);
                foreach (var header in Always) Assert.True(answer.Headers.Contains(header), $"{method} {path} ({answer.StatusCode}) lacks {header}");
                var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                if (answer.Content.Headers.ContentType?.MediaType is not ("text/html" or "text/javascript" or "text/css")) Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_program_that_asks_too_often_is_told_when_to_come_back()
    {
        // A clock that stands: calls that are slow to come fill no bucket.
        await using var hub = await RealHub.StartAsync(
            settings: s => (s.Access.CallsPerMinute, s.Access.AnonymousCallsPerMinute) = (70, 60),
            services: s => s.AddSingleton<TimeProvider>(new Sites.SteppedTime(TimeProvider.System.GetUtcNow())));
        using var wild = await hub.WithKeyAsync("read-only");
        using var calm = await hub.WithKeyAsync("read-only");
        using var nobody = hub.Client();
        await UntilRefusedAsync(wild, "/api/me", 70);
        await UntilRefusedAsync(nobody, "/healthz", 60);
        Assert.Equal(HttpStatusCode.OK, (await calm.FetchAsync("/api/me")).StatusCode);

        static async Task UntilRefusedAsync(HttpClient client, string path, int most)
        {
            for (var i = 0; i < 2 * most; i++)
            {
                using var answer = await client.FetchAsync(path);
                if (answer.StatusCode == HttpStatusCode.OK) continue;
                Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
                Assert.True(i >= most, $"refused after {i} calls");
                return;
            }

            Assert.Fail("never refused");
        }
    }

    [Fact]
    public async Task A_body_that_unfolds_or_nests_without_end_is_refused()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) await gzip.WriteAsync(new byte[10_000_000]);
        using var bomb = new ByteArrayContent(packed.ToArray());
        bomb.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        bomb.Headers.ContentEncoding.Add("gzip");
        using var unfolded = await client.PostAsync(new Uri("/api/keys", UriKind.Relative), bomb);
        Assert.Equal(HttpStatusCode.BadRequest, unfolded.StatusCode);
        using var deep = new StringContent("{\"name\":" + new string('[', 100_000), Encoding.UTF8, "application/json");
        using var nested = await client.PostAsync(new Uri("/api/keys", UriKind.Relative), deep);
        Assert.Equal(HttpStatusCode.BadRequest, nested.StatusCode);
    }

    [Fact]
    public async Task One_address_cannot_take_all_connections_but_a_proxy_may()
    {
        var limit = new ConnectionLimit(2, new ProxyList(new AccessOptions { Proxies = ["192.0.2.9"] }));
        var hold = new TaskCompletionSource();
        var served = 0;
        var wrapped = limit.Wrap(_ =>
        {
            served++;
            return hold.Task;
        });
        List<Task> open = [];
        void Connect(string from) => open.Add(wrapped(new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(from), 1) }));
        for (var i = 0; i < 5; i++) Connect("198.51.100.1");
        Assert.Equal(2, served);
        Connect("198.51.100.2");
        for (var i = 0; i < 5; i++) Connect("192.0.2.9");
        for (var i = 0; i < 5; i++) Connect("::ffff:127.0.0.1");
        Assert.Equal(13, served);
        hold.SetResult();
        await Task.WhenAll(open);
        Assert.Equal(0, limit.Callers);
    }
}
