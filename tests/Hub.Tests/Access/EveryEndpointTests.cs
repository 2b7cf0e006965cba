using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Enrolment;

namespace ThreeOneOne.Field.Hub.Tests.Access;

/// <summary>Walks over the endpoints of the program itself.</summary>
public sealed partial class EveryEndpointTests
{
    /// <summary>What everybody who has signed in may do, whatever their role: it concerns only themselves.</summary>
    private static readonly HashSet<string> OnesOwn = ["GET /api/me", "DELETE /api/session", "POST /api/me/password", "POST /api/me/second-factor", "POST /api/me/second-factor/code"];

    [Fact]
    public async Task Each_asks_for_a_permission_or_stands_in_the_table_of_anonymous_routes()
    {
        await using var hub = await RealHub.StartAsync();
        var routes = Routes(hub);
        Assert.True(routes.Count > 20, $"only {routes.Count} endpoints found");
        Assert.All(hub.Endpoints, e => Assert.IsType<RouteEndpoint>(e));
        foreach (var (method, endpoint) in routes)
        {
            var name = $"{method} {endpoint.RoutePattern.RawText}";
            Assert.True(endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null, $"{name} goes around the table of anonymous routes");
            var permission = endpoint.Metadata.GetMetadata<RequirePermissionAttribute>() is not null;
            var signedIn = endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && OnesOwn.Contains(name);
            var anonymous = AnonymousRoutes.Lists(method, endpoint);
            // Not a ^ b ^ c, which three of them would pass too.
            Assert.True(((bool[])[permission, signedIn, anonymous]).Count(b => b) == 1, $"{name}: permission {permission}, one's own {signedIn}, anonymous {anonymous}: exactly one must hold");
        }
    }

    [Fact]
    public async Task The_table_of_anonymous_routes_holds_no_route_that_is_gone()
    {
        await using var hub = await RealHub.StartAsync();
        var mapped = Routes(hub).Select(r => (r.Method, r.Endpoint.RoutePattern.RawText!)).ToHashSet();
        Assert.Empty(AnonymousRoutes.Table.Except(mapped));
    }

    [Fact]
    public async Task Without_signing_in_each_answers_401_with_a_reason()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        foreach (var (method, endpoint) in Routes(hub).Where(r => !AnonymousRoutes.Lists(r.Method, r.Endpoint)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Parameter().Replace(endpoint.RoutePattern.RawText!, "x"));
            if (method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await client.SendAsync(request);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {endpoint.RoutePattern.RawText} answered {response.StatusCode}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_read_only_key_changes_nothing_anywhere()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("read-only");
        foreach (var (method, endpoint) in Routes(hub).Where(r => r.Method != "GET" && r.Endpoint.Metadata.GetMetadata<RequirePermissionAttribute>() is not null))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Parameter().Replace(endpoint.RoutePattern.RawText!, "x"));
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await client.SendAsync(request);
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{method} {endpoint.RoutePattern.RawText} answered {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/report.csv?day=1", "/sign-in?to=%2Freport.csv%3Fday%3D1")]
    [InlineData("/deep/link.txt", "/sign-in?to=%2Fdeep%2Flink.txt")]
    public async Task A_page_navigation_is_led_to_the_sign_in_page(string path, string expected)
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        client.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml");
        using var response = await client.FetchAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/sign-in/sign-in.js", HttpStatusCode.OK)]
    [InlineData("/sign-in/sign-in.css", HttpStatusCode.OK)]
    [InlineData("/sign-in/other.js", HttpStatusCode.NotFound)]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.ServiceUnavailable)]
    public async Task What_signing_in_needs_is_there_for_everybody_under_a_strict_policy(string path, HttpStatusCode expected)
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        using var response = await client.FetchAsync(path);
        Assert.Equal(expected, response.StatusCode);
        Assert.Matches("^default-src .(self|none).", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task The_sign_in_page_has_no_inline_script_or_style()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        var html = await (await client.FetchAsync("/sign-in")).Content.ReadAsStringAsync();
        Assert.DoesNotMatch(new Regex(@"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", RegexOptions.IgnoreCase), html);
    }

    private static List<(string Method, RouteEndpoint Endpoint)> Routes(RealHub hub) =>
    [
        // The vehicles' door has a judge of its own: VehicleDoorTests.
        .. hub.Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<DoorRoute>() is null).SelectMany(e =>
            (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m => (m, e))),
    ];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
