using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

/// <summary>What people at the desk do with requests, over HTTP.</summary>
public sealed class RequestDeskTests
{
    private const double Lat = 42.365516;
    private const double Lon = -71.103746;

    private static readonly byte[] Jpeg = Attachments.Pictures.Jpeg;

    [Fact]
    public async Task A_request_goes_to_the_department_of_its_service_and_district()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var east = await OpenAsync(client, new { service = "pothole", lat = Lat, lon = Lon });
        var west = await OpenAsync(client, new { service = "pothole", lat = 42.3925, lon = -71.1280 });
        Assert.Equal(("streets-east", "streets-west"), (east.GetProperty("department").GetString(), west.GetProperty("department").GetString()));
        Assert.NotEqual(east.GetProperty("district").GetString(), west.GetProperty("district").GetString());
        var catalogue = await client.GetFromJsonAsync<JsonElement>("/api/services");
        Assert.True(catalogue.GetProperty("items").GetArrayLength() > 10);
        Assert.Equal("Pothole", (await client.GetFromJsonAsync<JsonElement>("/api/services/pothole")).GetProperty("title").GetString());
        Assert.Equal(13, (await client.GetFromJsonAsync<JsonElement>("/api/districts")).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/services/dragons")).StatusCode);
    }

    [Fact]
    public async Task What_the_service_asks_is_checked_and_kept()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var wrong = await client.PostAsJsonAsync("/api/requests", new { service = "pothole", lat = Lat, lon = Lon, attributes = new { size = "huge", other = "x" } });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var errors = (await wrong.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(["attributes.other", "attributes.size"], errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        var number = (await OpenAsync(client, new { service = "pothole", lat = Lat, lon = Lon, attributes = new { size = "large" } })).GetProperty("number").GetString();
        Assert.Equal("large", (await client.GetFromJsonAsync<JsonElement>($"/api/requests/{number}")).GetProperty("attributes").GetProperty("size").GetString());
    }

    [Fact]
    public async Task Whoever_changes_what_somebody_else_changed_is_told_who()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var number = (await OpenAsync(client, new { service = "pothole", lat = Lat, lon = Lon })).GetProperty("number").GetString();
        using var read = await client.GetAsync($"/api/requests/{number}");
        var tag = read.Headers.ETag!;
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(tag, new { priority = 1 })).StatusCode);

        using var late = await PutAsync(tag, new { priority = 2 });
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Contains("was changed by test", (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(new EntityTagHeaderValue("\"nonsense\""), new { priority = 2 })).StatusCode);
        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/requests/{number}");
        Assert.Equal(1, detail.GetProperty("priority").GetInt32());
        using var again = await PutAsync(EntityTagHeaderValue.Any, new { service = "graffiti" });
        Assert.Equal("graffiti", (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("service").GetString());

        async Task<HttpResponseMessage> PutAsync(EntityTagHeaderValue expected, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/requests/{number}") { Content = JsonContent.Create(body) };
            request.Headers.IfMatch.Add(expected);
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_person_ends_a_request_with_a_resolution_of_its_service_and_takes_that_back()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var number = (await OpenAsync(client, new { service = "pothole", lat = Lat, lon = Lon })).GetProperty("number").GetString();
        await IsAsync(HttpStatusCode.UnprocessableEntity, PostAsync("resolve", new { resolution = "magic" }));
        await IsAsync(HttpStatusCode.UnprocessableEntity, PostAsync("resolve", new { resolution = "temporary-repair" }));
        await IsAsync(HttpStatusCode.Conflict, PostAsync("reopen", new { }));
        await IsAsync(HttpStatusCode.OK, PostAsync("wait", new { reason = "parts", why = "tarmac" }));
        Assert.Equal(("waiting", "parts"), await StageAsync());
        await IsAsync(HttpStatusCode.OK, PostAsync("resume", new { }));
        await IsAsync(HttpStatusCode.Conflict, PostAsync("resume", new { }));
        await IsAsync(HttpStatusCode.OK, PostAsync("resolve", new { resolution = "private-property" }));
        Assert.Equal(("resolved", null), await StageAsync());
        await IsAsync(HttpStatusCode.OK, PostAsync("reopen", new { why = "it is ours" }));
        Assert.Equal(("received", null), await StageAsync());
        await IsAsync(HttpStatusCode.NotFound, client.PostAsJsonAsync("/api/requests/SR-00-000000/reopen", new { }));

        var read = await UpdatesAsync(hub, number!);
        Assert.Equal(["We are waiting for parts.", "Your report has been received.", "This is private property. The owner has been told.", "This was opened again."], read.Select(u => u.Text));
        Assert.Equal(read.Count, read.DistinctBy(u => u.Id).Count());

        Task<HttpResponseMessage> PostAsync(string step, object body) => client.PostAsJsonAsync($"/api/requests/{number}/{step}", body);

        async Task<(string?, string?)> StageAsync()
        {
            var detail = await client.GetFromJsonAsync<JsonElement>($"/api/requests/{number}");
            return (detail.GetProperty("stage").GetString(), detail.GetProperty("waitReason").GetString());
        }
    }

    [Fact]
    public async Task Notes_files_and_history_stay_in_the_city_until_somebody_marks_them_public()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var number = (await OpenAsync(client, new { service = "pothole", lat = Lat, lon = Lon })).GetProperty("number").GetString()!;
        await IsAsync(HttpStatusCode.Created, client.PostAsJsonAsync($"/api/requests/{number}/notes", new { text = "Mind the dog" }));
        await IsAsync(HttpStatusCode.Created, client.PostAsJsonAsync($"/api/requests/{number}/notes", new { text = "We come on Tuesday", @public = true }));
        await IsAsync(HttpStatusCode.BadRequest, client.PostAsJsonAsync($"/api/requests/{number}/notes", new { text = " " }));
        await IsAsync(HttpStatusCode.UnprocessableEntity, SendAsync("text/html", Jpeg));
        await IsAsync(HttpStatusCode.UnprocessableEntity, SendAsync("image/png", Jpeg));
        using var sent = await SendAsync("image/jpeg", Jpeg);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        // A copy that says nothing but what it shows: the camera's colour profile is not in it.
        var shown = await client.GetByteArrayAsync(sent.Headers.Location);
        Assert.Equal(Jpeg[..3], shown[..3]);
        Assert.Equal(-1, shown.AsSpan().IndexOf("ICC_PROFILE"u8));
        Assert.Equal(["We come on Tuesday"], (await UpdatesAsync(hub, number)).Select(u => u.Text));

        var history = (await client.GetFromJsonAsync<JsonElement>($"/api/requests/{number}")).GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(["change", "note", "note", "media"], history.Select(h => h.GetProperty("kind").GetString()));
        await IsAsync(HttpStatusCode.OK, PutAsync(4, new { @public = true, wording = "The hole" }));
        await IsAsync(HttpStatusCode.OK, PutAsync(3, new { @public = false }));
        await IsAsync(HttpStatusCode.UnprocessableEntity, PutAsync(1, new { @public = true }));
        await IsAsync(HttpStatusCode.NotFound, PutAsync(9, new { @public = true, wording = "x" }));
        var update = Assert.Single(await UpdatesAsync(hub, number));
        Assert.Equal(("The hole", history[3].GetProperty("file").GetString()), (update.Text, update.File));

        Task<HttpResponseMessage> PutAsync(int n, object body) => client.PutAsJsonAsync($"/api/requests/{number}/history/{n}", body);

        Task<HttpResponseMessage> SendAsync(string type, byte[] bytes)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            return client.PostAsync($"/api/requests/{number}/media?caption=dog", content);
        }
    }

    [Fact]
    public async Task Reports_are_merged_by_rule_and_by_people_and_only_people_merge_across_services()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var first = await OpenAsync(client, new { service = "pothole", lat = Lat, lon = Lon });
        var second = await OpenAsync(client, new { service = "pothole", lat = Lat + 0.00004, lon = Lon });
        var number = first.GetProperty("number").GetString();
        Assert.Equal(number, second.GetProperty("parent").GetString());
        var other = (await OpenAsync(client, new { service = "sidewalk-defect", lat = Lat + 0.00004, lon = Lon })).GetProperty("number").GetString();

        var candidates = (await client.GetFromJsonAsync<JsonElement>($"/api/requests/{other}/duplicates")).GetProperty("items");
        Assert.Equal((number, "maybe"), (candidates[0].GetProperty("request").GetProperty("number").GetString(), candidates[0].GetProperty("sameness").GetString()));
        Assert.True(candidates[0].GetProperty("reasons").GetArrayLength() > 1);
        await IsAsync(HttpStatusCode.Forbidden, client.PostAsJsonAsync($"/api/requests/{other}/merge", new { into = number }));
        await IsAsync(HttpStatusCode.UnprocessableEntity, client.PostAsJsonAsync($"/api/requests/{other}/merge", new { into = "SR-00-000000" }));
        await IsAsync(HttpStatusCode.Conflict, client.PostAsJsonAsync($"/api/requests/{other}/merge", new { into = second.GetProperty("number").GetString() }));
        await IsAsync(HttpStatusCode.Conflict, client.PostAsJsonAsync($"/api/requests/{other}/unmerge", new { }));

        var child = second.GetProperty("number").GetString();
        await IsAsync(HttpStatusCode.OK, client.PostAsJsonAsync($"/api/requests/{child}/unmerge", new { why = "two holes" }));
        await IsAsync(HttpStatusCode.OK, client.PostAsJsonAsync($"/api/requests/{child}/merge", new { into = number }));
        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/requests/{number}");
        Assert.Equal((child, 1), (detail.GetProperty("children")[0].GetString(), detail.GetProperty("reports").GetInt32()));
        Assert.Equal(number, (await client.GetFromJsonAsync<JsonElement>($"/api/requests/{child}")).GetProperty("link").GetProperty("parent").GetString());
    }

    [Fact]
    public async Task Alerts_are_listed_in_pages_and_acknowledged_once()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        for (var i = 0; i < 3; i++)
        {
            var number = (await OpenAsync(client, new { service = "graffiti", lat = Lat + i * 0.005, lon = Lon })).GetProperty("number").GetString()!;
            var database = (Database)hub.Services.GetService(typeof(Database))!;
            await database.WriteAsync(
                scope => TargetAlertStore.Add(scope, new TargetAlert { Id = $"{number}.75", Request = number, Kind = "warning", Percent = 75, Notify = "dispatcher", At = scope.Now }),
                WritePriority.Interactive, default);
        }

        var page = await client.GetFromJsonAsync<JsonElement>("/api/requests/alerts?limit=2");
        var rest = await client.GetFromJsonAsync<JsonElement>($"/api/requests/alerts?limit=2&cursor={page.GetProperty("next").GetString()}");
        var ids = page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).Select(a => a.GetProperty("id").GetString()).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        await IsAsync(HttpStatusCode.OK, client.PostAsJsonAsync($"/api/requests/alerts/{ids[0]}/acknowledge", new { }));
        Assert.Equal(2, (await client.GetFromJsonAsync<JsonElement>("/api/requests/alerts?notify=dispatcher")).GetProperty("items").GetArrayLength());
        Assert.Equal(3, (await client.GetFromJsonAsync<JsonElement>("/api/requests/alerts?state=all")).GetProperty("items").GetArrayLength());
        await IsAsync(HttpStatusCode.NotFound, client.PostAsJsonAsync("/api/requests/alerts/x/acknowledge", new { }));
        await IsAsync(HttpStatusCode.BadRequest, client.GetAsync("/api/requests/alerts?cursor=nonsense"));
    }

    private static async Task IsAsync(HttpStatusCode expected, Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        if ((int)expected >= 400) Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<JsonElement> OpenAsync(HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync("/api/requests", body);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<IReadOnlyList<PublicUpdate>> UpdatesAsync(RealHub hub, string number) =>
        ((Database)hub.Services.GetService(typeof(Database))!).ReadAsync(c => TicketReading.UpdatesOf(c, [number]), default);
}
