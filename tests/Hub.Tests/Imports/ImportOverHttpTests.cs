using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Imports;

/// <summary>Files of rows for people without a shell.</summary>
public sealed class ImportOverHttpTests
{
    [Fact]
    public async Task A_file_is_taken_and_its_report_stays_to_be_read()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        const string lights = "NR,Latitude,Longitude\nA1,42.3736,-71.1097\nA2,,\n";
        var dry = await SendAsync(client, "/api/imports/street-lights?id=NR&dryRun=true", lights);
        Assert.Equal((1, 1), (dry.GetProperty("imported").GetInt32(), dry.GetProperty("rejected").GetInt32()));
        var done = await SendAsync(client, "/api/imports/street-lights?id=NR&name=lights.csv", lights);
        Assert.False(done.GetProperty("dryRun").GetBoolean());
        Assert.Equal(3, done.GetProperty("faults")[0].GetProperty("line").GetInt32());
        Assert.Contains("A1", await client.GetStringAsync(new Uri("/api/street-lights", UriKind.Relative)), StringComparison.Ordinal);

        var layer = await SendAsync(client, "/api/imports/road-structures?is=casting&accuracy-m=2&replace=true&name=manholes.csv", "id,Latitude,Longitude\nM1,42.3736,-71.1097\n");
        Assert.Equal(1, layer.GetProperty("imported").GetInt32());
        using var strangeLayer = await client.PostAsync(new Uri("/api/imports/road-structures?is=pond", UriKind.Relative), new StringContent("id,Latitude,Longitude\n"));
        Assert.Contains("casting", await strangeLayer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var works = await SendAsync(client, "/api/imports/work-zones?name=wzdx.geojson&replace=true", """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"w1","properties":{"core_details":{"event_type":"work-zone"},"start_date":"2026-01-01T00:00:00Z","end_date":"2066-01-01T00:00:00Z"},
            "geometry":{"type":"LineString","coordinates":[[-71.1097,42.3736],[-71.11,42.374]]}}]}
            """);
        Assert.Equal(1, works.GetProperty("imported").GetInt32());
        var zone = (await client.GetFromJsonAsync<JsonElement>("/api/work-zones?lasting=true")).GetProperty("features")[0];
        Assert.Equal(("w1", "LineString"), (zone.GetProperty("id").GetString(), zone.GetProperty("geometry").GetProperty("type").GetString()));

        var old = await SendAsync(client, "/api/imports/requests?name=old.csv",
            "id,opened,service,lat,lon\n7,2026-11-02T09:00:00Z,pothole,42.3655,-71.1037\n8,2026-11-02,none,42.3655,-71.1037\n");
        Assert.Equal((1, 1), (old.GetProperty("imported").GetInt32(), old.GetProperty("rejected").GetInt32()));
        var number = (await client.GetFromJsonAsync<JsonElement>("/api/requests")).GetProperty("items")[0].GetProperty("number").GetString();
        Assert.Equal("7", (await client.GetFromJsonAsync<JsonElement>($"/api/requests/{number}")).GetProperty("references")[0].GetProperty("number").GetString());

        var list = (await client.GetFromJsonAsync<JsonElement>("/api/imports")).GetProperty("items");
        Assert.Equal(["old.csv", "wzdx.geojson", "manholes.csv", "lights.csv"], list.EnumerateArray().Select(i => i.GetProperty("report").GetProperty("file").GetString()));
        var one = await client.GetFromJsonAsync<JsonElement>($"/api/imports/{list[0].GetProperty("id").GetString()}");
        Assert.Equal("unknown service", one.GetProperty("faults")[0].GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/api/imports/none", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task What_is_no_file_of_rows_is_a_problem_with_its_remedy()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        foreach (var (body, expected) in ((string, string)[])[("", "the file is empty"), ("PK\u0003\u0004", "spreadsheet"), ("a\0b", "no text"), ("a;b\n1;2", "delimiter")])
        {
            using var response = await client.PostAsync(new Uri("/api/imports/street-lights", UriKind.Relative), new StringContent(body));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var strange = await client.PostAsync(new Uri("/api/imports/requests?encoding=klingon", UriKind.Relative), new StringContent("x"));
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, string text)
    {
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(text, Encoding.UTF8, "text/csv"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
