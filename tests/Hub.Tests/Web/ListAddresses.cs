using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>Every address of the API that can be read, and the lists in all their orders and filters.</summary>
internal static partial class ListAddresses
{
    /// <summary>What a city has a few dozen of, or one row; and the streets' roughness, which is always asked for as a whole.</summary>
    public static readonly HashSet<string> Small =
    [
        "roles", "role_permissions", "people", "sign_in_links", "api_keys", "vehicles", "vehicle_eras", "crews", "automation_areas", "automation_opened", "city_state", "suspended_services", "city_events",
        "contractors", "inspection_routes", "request_numbers", "order_numbers", "audit_tail", "store_place", "desks", "ingest_counts", "contractor_members", "city_inbox", "webhooks", "hazard_state", "profile_releases", "profile_settings", "vehicle_health", "certificates", "revoked_vehicles", "roughness_pieces", "roughness_vehicles",
    ];

    private static readonly string[] Lists =
    [
        .. from filter in new[] { "", "status=open", "status=closed", "service=pothole", "status=open&service=pothole", "department=streets", "district=4", "parent=SR-26-000001", "responsible=crew", "source=sensor", "district=4&status=open" }
           from order in new[] { "", "&order=target", "&order=priority" }
           where order.Length == 0 || !filter.Contains("closed", StringComparison.Ordinal)
           select $"/api/requests?{filter}{order}",
        "/api/requests?stage=review", "/api/requests?stage=review&district=4", "/api/requests?stage=held&service=pothole", "/api/work-orders?state=assigned", "/api/work-orders?crew=c1", "/api/audit?limit=10", "/api/street-lights/states", "/api/street-lights/states?state=unseen", "/api/street-lights/states?state=dim&limit=10",
    ];

    /// <summary>A request and its order, so that what hangs on them is asked for, too.</summary>
    public static async Task<(string Order, string Request)> PrepareAsync(HttpClient client)
    {
        client.Timeout = TimeSpan.FromMinutes(2);
        (await client.PostAsJsonAsync("/api/crews", new { id = "c1", name = "Crew", members = new[] { "m1" } })).EnsureSuccessStatusCode();
        var opened = await client.PostAsJsonAsync("/api/requests", new { service = "pothole", lat = 42.365516, lon = -71.103746 });
        var number = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString()!;
        var made = await client.PostAsJsonAsync("/api/work-orders", new { request = number });
        var order = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        return (order, number);
    }

    /// <summary>Reads them all, one after the other.</summary>
    public static async Task ReadAsync(RealHub hub, HttpClient client, string order, string number, Action<string> reading)
    {
        var addresses = hub.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? false)
            .Select(e => e.RoutePattern.RawText!)
            .Where(r => (r.StartsWith("/api/", StringComparison.Ordinal) || r.StartsWith("/open311/v2/", StringComparison.Ordinal)) && r != "/api/live"
                // These are asked to look at everything.
                && r is not ("/api/audit/check" or "/api/ingest/export"))
            .Select(r => Parameter().Replace(r, m => m.Value.Contains("format", StringComparison.Ordinal) ? "json" : r.Contains("work-orders", StringComparison.Ordinal) ? order : r.Contains("requests", StringComparison.Ordinal) ? number : "x"));
        foreach (var address in addresses.Concat(Lists))
        {
            reading(address);
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseContentRead);
            Assert.True(response.StatusCode is not HttpStatusCode.InternalServerError, address);
            if (Lists.Contains(address)) Assert.Equal((address, HttpStatusCode.OK), (address, response.StatusCode));
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
