using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Web;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>The API's document says what the API is, and the copy beside the source says the same.</summary>
public sealed class ApiDocumentTests
{
    private const string Refresh = "refresh it with: dotnet run --project hub -- openapi hub/openapi.json";

    [Fact]
    public async Task The_document_that_is_checked_in_is_the_one_that_is_served()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        using var response = await client.FetchAsync(ApiDocument.Path);
        var served = (await response.Content.ReadAsStringAsync()).ReplaceLineEndings("\n").TrimEnd().Split('\n');
        var kept = (await File.ReadAllTextAsync(Path.Combine(Repository(), "hub", "openapi.json"))).TrimEnd().Split('\n');
        var first = Enumerable.Range(0, Math.Max(served.Length, kept.Length)).FirstOrDefault(i => served.ElementAtOrDefault(i) != kept.ElementAtOrDefault(i), -1);
        Assert.True(first < 0, $"hub/openapi.json differs from line {first + 1}: '{kept.ElementAtOrDefault(first)}', served '{served.ElementAtOrDefault(first)}'; {Refresh}");
    }

    [Fact]
    public async Task Every_endpoint_is_in_it_with_a_summary_its_errors_and_its_permission()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        var paths = JsonDocument.Parse(await (await client.FetchAsync(ApiDocument.Path)).Content.ReadAsStringAsync()).RootElement.GetProperty("paths");
        var faults = new List<string>();
        var seen = 0;
        foreach (var endpoint in hub.Endpoints.OfType<RouteEndpoint>())
        {
            var route = endpoint.RoutePattern.RawText!;
            // The catch-all below /open311 only says what is not there.
            if (!ApiDocument.IsApi(route) || route == "/open311/{**path}") continue;
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                seen++;
                var name = $"{method} {route}";
                if (!paths.TryGetProperty(route.Replace("{**", "{", StringComparison.Ordinal), out var path) || !path.TryGetProperty(method.ToLowerInvariant(), out var operation))
                {
                    faults.Add($"{name} is missing");
                    continue;
                }

                if (!operation.TryGetProperty("summary", out var summary) || summary.GetString()!.Length < 8) faults.Add($"{name} has no summary: add .WithSummary(\"…\") where it is mapped");
                var isOpen311 = route.StartsWith("/open311", StringComparison.Ordinal);
                var content = operation.GetProperty("responses").GetProperty("default").GetProperty("content");
                foreach (var type in isOpen311 ? (string[])["text/xml", "application/json"] : ["application/problem+json"])
                    if (!content.TryGetProperty(type, out _)) faults.Add($"{name} names no error as {type}");
                var asked = endpoint.Metadata.GetMetadata<RequirePermissionAttribute>()?.Permission ?? endpoint.Metadata.GetMetadata<KeyPermissionAttribute>()?.Permission;
                var said = operation.TryGetProperty(ApiDocument.PermissionMember, out var permission) ? permission.GetString() : null;
                if (asked != said) faults.Add($"{name} asks for {asked} and says {said}");
            }
        }

        Assert.Empty(faults);
        Assert.True(seen > 60, $"only {seen} endpoints found");
    }

    [Fact]
    public async Task It_is_whole_and_names_no_machine()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = hub.Client();
        var text = await (await client.FetchAsync(ApiDocument.Path)).Content.ReadAsStringAsync();
        Assert.DoesNotContain("localhost", text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        var root = JsonDocument.Parse(text).RootElement;
        var schemas = root.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(s => "#/components/schemas/" + s.Name).ToHashSet();
        Assert.Empty(References(root).Where(r => r.StartsWith("#/components/schemas/", StringComparison.Ordinal)).Except(schemas));
        // What two endpoints call by one name stays two things.
        Assert.Contains("#/components/schemas/OpenByHandRequest", schemas);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => m.Name == "$ref" ? [m.Value.GetString()!] : References(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ThreeOneOne.Field.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        return folder;
    }
}
