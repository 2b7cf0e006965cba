using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>
/// Every address that can be read is read, what it asks the database is written down, and the database says how it would look for it:
/// no list may go through a table that grows.
/// </summary>
[Trait("Store", "Sqlite")]
public sealed partial class ListScanTests
{
    /// <summary>What a city has a few dozen of, or one row.</summary>
    private static readonly HashSet<string> Small =
    [
        "roles", "role_permissions", "people", "sign_in_links", "api_keys", "vehicles", "vehicle_eras", "crews", "automation_areas", "automation_opened", "city_state", "suspended_services", "city_events",
        "contractors", "inspection_routes", "request_numbers", "order_numbers", "audit_tail", "store_place", "desks", "ingest_counts", "contractor_members", "city_inbox",
    ];

    private static readonly string[] Lists =
    [
        .. from filter in new[] { "", "status=open", "status=closed", "service=pothole", "status=open&service=pothole", "department=streets", "district=4", "parent=SR-26-000001", "responsible=crew", "source=sensor", "district=4&status=open" }
           from order in new[] { "", "&order=target", "&order=priority" }
           where order.Length == 0 || !filter.Contains("closed", StringComparison.Ordinal)
           select $"/api/requests?{filter}{order}",
        "/api/requests?stage=review", "/api/requests?stage=review&district=4", "/api/requests?stage=held&service=pothole", "/api/work-orders?state=assigned", "/api/work-orders?crew=c1", "/api/audit?limit=10",
    ];

    [Fact]
    public async Task No_list_goes_through_a_table_that_grows()
    {
        await using var hub = await RealHub.StartAsync(settings: s => s.Storage.Readers = 1);
        using var client = await hub.WithKeyAsync("city-it");
        client.Timeout = TimeSpan.FromSeconds(20);
        var database = hub.Services.GetRequiredService<Database>();
        (await client.PostAsJsonAsync("/api/crews", new { id = "c1", name = "Crew", members = new[] { "m1" } })).EnsureSuccessStatusCode();
        var opened = await client.PostAsJsonAsync("/api/requests", new { service = "pothole", lat = 42.365516, lon = -71.103746 });
        var number = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString()!;
        var made = await client.PostAsJsonAsync("/api/work-orders", new { request = number });
        var order = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        var now = "";
        // One reader, so one connection: the database tells on it what it has been asked, with its parameters unfilled.
        await database.ReadAsync(c =>
        {
            raw.sqlite3_profile(((SqliteConnection)c).Handle!, (_, sql, _) => asked.TryAdd(sql, now), null);
            return true;
        }, default);
        var addresses = hub.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? false)
            .Select(e => e.RoutePattern.RawText!)
            .Where(r => (r.StartsWith("/api/", StringComparison.Ordinal) || r.StartsWith("/open311/v2/", StringComparison.Ordinal)) && r != "/api/live"
                // This one is asked to look at everything.
                && r != "/api/audit/check")
            .Select(r => Parameter().Replace(r, m => m.Value.Contains("format", StringComparison.Ordinal) ? "json" : r.Contains("work-orders", StringComparison.Ordinal) ? order : r.Contains("requests", StringComparison.Ordinal) ? number : "x"));
        foreach (var address in addresses.Concat(Lists))
        {
            now = address;
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseContentRead);
            Assert.True(response.StatusCode is not HttpStatusCode.InternalServerError, address);
            if (Lists.Contains(address)) Assert.Equal((address, HttpStatusCode.OK), (address, response.StatusCode));
        }

        Assert.True(asked.Count > 60, $"{asked.Count} questions");
        var faults = await database.ReadAsync(c => asked.ToList().SelectMany(a => Scans(c, a.Key).Select(s => $"{a.Value}: {s}: {Blanks().Replace(a.Key, " ")}")).ToList(), default);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<string> Scans(System.Data.Common.DbConnection connection, string sql)
    {
        if (!Question().IsMatch(sql)) yield break;
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Named().Matches(sql).Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, DBNull.Value);
            command.Parameters.Add(parameter);
        }

        using var reader = command.ExecuteReader();
        var sorted = false;
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        foreach (var line in lines)
        {
            sorted |= line.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal);
            if (Scan().Match(line) is not { Success: true } scan) continue;
            var table = Regex.Match(sql, $@"\b(?:FROM|JOIN)\s+(\w+)\s+(?:AS\s+)?{scan.Groups[1].Value}\b", RegexOptions.IgnoreCase) is { Success: true } alias ? alias.Groups[1].Value : scan.Groups[1].Value;
            if (!Small.Contains(table) && !line.Contains("INDEX", StringComparison.Ordinal) && IsTable(connection, table)) yield return line;
            // In the order of an index a list ends where its page does; one that is sorted first does not.
            else if (!Small.Contains(table) && sorted && IsTable(connection, table)) yield return line + ", then sorted";
        }
    }

    private static bool IsTable(System.Data.Common.DbConnection connection, string name) =>
        connection.QuerySingle<long>("SELECT COUNT(*) FROM sqlite_master WHERE type='table' AND name=@name", new { name }) == 1;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\s*(SELECT|WITH)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Question();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Named();

    [GeneratedRegex(@"^SCAN (\w+)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
