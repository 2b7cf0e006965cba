using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Web;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>Whoever gets an error can tell what was wrong and what to do, at every endpoint of the program.</summary>
public sealed partial class ProblemTests
{
    [Fact]
    public async Task Bodies_that_cannot_be_read_are_explained_everywhere()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        (string Body, string Type)[] bodies =
        [
            ("{\"id\":", "application/json"), ("", "application/json"), ("[]", "application/json"), ("7", "application/json"), ("null", "application/json"),
            ("{}", "application/json"), ("name=x", "text/plain"),
            ("""{"id":5,"name":5,"kind":"boat","service":[],"lat":"x","lon":{},"request":5,"crew":5,"role":5,"days":"x","minutes":[],"csr":5,"token":5,"password":5,"current":5,"members":5}""", "application/json"),
        ];
        var seen = 0;
        // Open311 takes forms, and answers in its own way: GeoErrorTests.
        foreach (var (method, path) in Routes(hub).Where(r => r.Method is "POST" or "PUT" && !r.Path.StartsWith("/open311", StringComparison.Ordinal)))
        {
            foreach (var (body, type) in bodies)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, type) };
                using var response = await client.SendAsync(request);
                // Taking an order back needs no member at all.
                if (response.IsSuccessStatusCode) continue;
                await ExplainsAsync(response, $"{method} {path} with {type} {body}");
                seen++;
            }
        }

        Assert.True(seen > 60, $"only {seen}");
    }

    [Theory]
    [InlineData(13, 507)]
    [InlineData(1, null)]
    public async Task A_full_disk_is_named_and_another_error_is_not_taken_for_one(int sqliteError, int? status)
    {
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = new MemoryStream() } };
        var room = new DiskRoom(TimeProvider.System, NullLogger<DiskRoom>.Instance);
        var answered = new BadRequests(_ => throw new SqliteException("failed", sqliteError)).InvokeAsync(context, room);
        if (status is null)
        {
            await Assert.ThrowsAsync<SqliteException>(() => answered);
            return;
        }

        await answered;
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Contains("disk is full", Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_ids_are_explained_everywhere()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var seen = 0;
        var other = new List<string>();
        foreach (var (method, path) in Routes(hub).Where(r => r.Path.Contains("/x", StringComparison.Ordinal) && r.Path.StartsWith("/api", StringComparison.Ordinal)
            // A desk is made by its first use.
            && !r.Path.StartsWith("/api/desks/", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await client.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.NotFound) other.Add($"{method} {path} answered {response.StatusCode}");
            await ExplainsAsync(response, $"{method} {path}");
            seen++;
        }

        Assert.Empty(other);
        Assert.True(seen > 8, $"only {seen}");
    }

    [Theory]
    [InlineData("/api/requests?limit=many", "limit")]
    [InlineData("/api/requests?limit=0", "limit")]
    [InlineData("/api/requests?status=lost", "status")]
    [InlineData("/api/requests?cursor=x", "cursor")]
    [InlineData("/api/work-orders?limit=many", "limit")]
    [InlineData("/api/work-orders?limit=-1", "limit")]
    [InlineData("/api/work-orders?state=lost", "state")]
    [InlineData("/api/aside?cursor=x", "cursor")]
    [InlineData("/api/aside?limit=x", "limit")]
    [InlineData("/api/audit?cursor=x", "cursor")]
    [InlineData("/api/ingest/ledger", "vehicle")]
    [InlineData("/api/ingest/ledger?vehicle=unit-1&after=x", "after")]
    [InlineData("/api/vehicles/unit-1/track?from=yesterday", "from")]
    [InlineData("/api/vehicles/unit-1/track", "reason")]
    [InlineData("/api/vehicles/unit-1/track?from=0001-01-01T00:00:00Z", "from")]
    [InlineData("/api/vehicles/unit-1/track?from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z", "from")]
    [InlineData("/api/vehicles/unit-1/observations?limit=x", "limit")]
    [InlineData("/api/vehicles/unit-1/observations?reason=%20", "reason")]
    [InlineData("/api/places", "q")]
    [InlineData("/api/places?q=inman&limit=0", "limit")]
    public async Task Wrong_values_are_explained_by_name(string path, string named)
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        (await client.PostJsonAsync("/api/vehicles", new { id = "unit-1", name = "Unit 1", kind = "crewed" })).EnsureSuccessStatusCode();
        using var response = await client.FetchAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await ExplainsAsync(response, path);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nothing_is_and_a_method_that_it_does_not_take_are_explained()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        using var nothing = await client.FetchAsync("/api/nothing");
        await ExplainsAsync(nothing, "/api/nothing");
        using var method = await client.DeleteAsync(new Uri("/api/vehicles", UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
        await ExplainsAsync(method, "DELETE /api/vehicles");
    }

    /// <summary>A cause and a remedy: two clauses, or for each field what it takes; no names of our types.</summary>
    private static async Task ExplainsAsync(HttpResponseMessage response, string what)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode is >= 400 and < 500, $"{what} answered {response.StatusCode}: {text}");
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{what}: {text}");
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.DoesNotMatch("System\\.|ThreeOneOne|Nullable|parameter \\\\?\"", text);
        if (problem.TryGetProperty("errors", out var errors))
        {
            Assert.NotEmpty(errors.EnumerateObject());
            Assert.All(errors.EnumerateObject(), e => Assert.True(e.Value[0].GetString()!.Length > 5, $"{what}: {text}"));
            return;
        }

        var detail = problem.TryGetProperty("detail", out var d) ? d.GetString()! : "";
        Assert.True(TwoClauses().IsMatch(detail), $"{what} says no cause and remedy: {text}");
    }

    private static List<(string Method, string Path)> Routes(RealHub hub) =>
    [
        .. hub.Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<DoorRoute>() is null).SelectMany(e =>
            (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (m, Parameter().Replace(e.RoutePattern.RawText!, "x")))),
    ];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^.{8,}[:.;] .{8,}$", RegexOptions.Singleline)]
    private static partial Regex TwoClauses();
}
