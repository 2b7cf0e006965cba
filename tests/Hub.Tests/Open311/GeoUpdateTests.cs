using System.Net;
using System.Text;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>Updates of requests by mySociety's extension, in both directions.</summary>
public sealed class GeoUpdateTests(SharedOpen311Hub shared) : IClassFixture<SharedOpen311Hub>
{
    private const string Path = "/open311/v2/servicerequestupdates";

    [Theory]
    [InlineData("xml")]
    [InlineData("json")]
    public async Task An_update_from_outside_is_taken_once_and_stays_inside_until_a_person_says_otherwise(string format)
    {
        await using var hub = await Open311Hub.StartAsync();
        var number = await hub.ReportAsync();
        var before = (await hub.JsonAsync(Path + ".json")).ToString();
        var form = $"service_request_id={number}&update_id=77&status=fixed&updated_datetime=2026-11-21T10:00:00Z&description=Looks%20fixed%20to%20Zo%EB&email=zoe%40example.org&media_url=http%3A%2F%2Fa.example%2F1.jpg";
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var taken = await hub.PostAsync($"{Path}.{format}", form);
            ids.Add(format == "xml"
                ? (await Open311Hub.XmlAsync(taken, HttpStatusCode.OK, "POST")).Element("request_update")!.Element("update_id")!.Value
                : (await Open311Hub.JsonAsync(taken, HttpStatusCode.OK, "POST"))[0].GetProperty("update_id").GetString()!);
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Matches("^[A-Za-z0-9_-]+$", ids[0]);
        Assert.Equal(before, (await hub.JsonAsync(Path + ".json")).ToString());
        var ticket = await hub.TicketAsync(number);
        Assert.Equal(Ticket.Open, ticket.Status);
        var notes = await hub.Database.ReadAsync(c => TicketReading.History(c, number).Where(h => h.What.Contains("Looks fixed to Zoë", StringComparison.Ordinal)).ToList(), default);
        Assert.Contains("FIXED", Assert.Single(notes).What, StringComparison.Ordinal);
        using var other = await hub.PostAsync($"{Path}.{format}", form.Replace("Looks", "Was", StringComparison.Ordinal));
        Assert.Contains("update_id", Assert.Single(await Open311Hub.ErrorsAsync(other, HttpStatusCode.BadRequest, "other")), StringComparison.Ordinal);
        // Another sender has ids of its own.
        using var stranger = await hub.PostAsync($"{Path}.{format}", $"{form}&api_key={await hub.KeyAsync("city-it")}", withKey: false);
        Assert.Equal(HttpStatusCode.OK, stranger.StatusCode);
    }

    [Theory]
    [InlineData("update_id=1&status=OPEN&updated_datetime=2026-11-21&description=x", 400, "service_request_id")]
    [InlineData("service_request_id={0}&status=OPEN&updated_datetime=2026-11-21&description=x", 400, "update_id")]
    [InlineData("service_request_id={0}&update_id=1&updated_datetime=2026-11-21&description=x", 400, "status")]
    [InlineData("service_request_id={0}&update_id=1&status=OPEN&description=x", 400, "updated_datetime")]
    [InlineData("service_request_id={0}&update_id=1&status=OPEN&updated_datetime=2026-11-21", 400, "description")]
    [InlineData("service_request_id={0}&update_id=1&status=DONE&updated_datetime=2026-11-21&description=x", 400, "status")]
    [InlineData("service_request_id={0}&update_id=1&status=OPEN&updated_datetime=soon&description=x", 400, "updated_datetime")]
    [InlineData("service_request_id=SR-00-000000&update_id=1&status=OPEN&updated_datetime=2026-11-21&description=x", 404, "service_request_id")]
    public async Task What_is_wrong_with_an_update_is_named(string form, int status, string named)
    {
        var hub = shared.Hub;
        var number = await hub.ReportAsync();
        using var response = await hub.PostAsync(Path + ".xml", form.Replace("{0}", number, StringComparison.Ordinal));
        Assert.StartsWith(named, Assert.Single(await Open311Hub.ErrorsAsync(response, (HttpStatusCode)status, form)).Replace("no request has this ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Public_updates_are_listed_by_their_time_with_ids_that_stay()
    {
        await using var hub = await Open311Hub.StartAsync();
        var hour = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var ticket = GeoListTests.Request(1, hour);
        await hub.Database.WriteAsync(scope =>
        {
            ticket = TicketStore.Save(scope, ticket);
            TicketStore.AddHistory(scope, ticket, "Okapi Crew", "Okapi Crew is on its way", isPublic: true, wording: "Somebody is on the way.");
            TicketStore.AddHistory(scope, ticket, "Okapi Crew", "kept inside");
            // A public picture without a word says nothing here.
            TicketStore.AddHistory(scope, ticket, "Okapi Crew", "", HistoryEntry.Media, isPublic: true, wording: "", file: "ab", fileType: "image/jpeg");
            ticket = TicketStore.Save(scope, ticket with { Status = Ticket.Closed, Stage = "field-complete", ResolutionCode = "repaired", ClosedAt = hour });
            TicketStore.AddHistory(scope, ticket, "Okapi Crew", "done", isPublic: true, wording: "It was repaired.");
        }, WritePriority.Interactive, default);
        var updates = (await hub.JsonAsync(Path + ".json")).EnumerateArray().ToList();
        Assert.Equal(["Somebody is on the way.", "It was repaired."], updates.Select(u => u.GetProperty("description").GetString()));
        Assert.Equal(["OPEN", "FIXED"], updates.Select(u => u.GetProperty("status").GetString()));
        Assert.All(updates, u => Assert.Equal(ticket.Number, u.GetProperty("service_request_id").GetString()));
        Assert.Equal(2, updates.Select(u => u.GetProperty("update_id").GetString()).Distinct().Count());
        Assert.Equal((await hub.JsonAsync(Path + ".json")).ToString(), (await hub.JsonAsync(Path + ".json")).ToString());

        // Both ends belong to the span, to the second as it is shown.
        var shown = updates[0].GetProperty("updated_datetime").GetString();
        Assert.NotEqual(0, (await hub.JsonAsync($"{Path}.json?start_date={shown}&end_date={updates[1].GetProperty("updated_datetime").GetString()}")).GetArrayLength());
        Assert.Equal(0, (await hub.JsonAsync($"{Path}.json?end_date={GeoListTests.Iso(hour.AddMinutes(-1))}")).GetArrayLength());
        // No longest span, other than of requests; whoever asks page by page is led on.
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync($"{Path}.xml?start_date=2020-01-01&end_date=2026-11-01")).StatusCode);
        var seen = new List<string>();
        string? next = $"{Path}.json?start_date=2020-01-01&page_size=1";
        while (next is not null)
        {
            using var response = await hub.Client.GetAsync(new Uri(next, UriKind.RelativeOrAbsolute));
            seen.AddRange((await Open311Hub.JsonAsync(response, HttpStatusCode.OK, next)).EnumerateArray().Select(u => u.ToString()));
            next = response.Headers.TryGetValues("Link", out var link) ? link.Single()[1..link.Single().IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal(updates.Select(u => u.ToString()), seen);
    }

    [Fact]
    public async Task Photos_and_links_come_to_people_of_the_city_and_not_outside()
    {
        await using var hub = await Open311Hub.StartAsync();
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. Encoding.ASCII.GetBytes("photo of a pothole, made by hand")];
        using var form = new MultipartFormDataContent
        {
            { new StringContent("pothole"), "service_code" }, { new StringContent("42.3655"), "lat" }, { new StringContent("-71.1037"), "long" },
            { new StringContent(hub.Key), "api_key" }, { new ByteArrayContent(Encoding.Latin1.GetBytes("Zoë's")), "description" },
            { new ByteArrayContent(jpeg), "media", "a.jpg" }, { new ByteArrayContent(jpeg), "photo1", "b.png" },
        };
        // A file field that nobody filled in.
        var empty = new ByteArrayContent([]);
        empty.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"file_2\"; filename=\"\"");
        form.Add(empty);
        using var posted = await hub.Client.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), form);
        var number = (await Open311Hub.JsonAsync(posted, HttpStatusCode.OK, "POST"))[0].GetProperty("service_request_id").GetString()!;
        var request = (await hub.JsonAsync($"/open311/v2/requests/{number}.json?extensions=true"))[0];
        Assert.Equal("Zoë's", request.GetProperty("description").GetString());
        Assert.False(request.TryGetProperty("media_url", out _));
        using var client = await hub.Real.WithKeyAsync("city-it");
        var photo = Assert.Single((await (await client.FetchAsync($"/api/requests/{number}/photos")).JsonAsync()).GetProperty("photos").EnumerateArray());
        Assert.Equal("image/jpeg", photo.GetProperty("type").GetString());
        using var file = await client.FetchAsync($"/api/attachments/{photo.GetProperty("sha256").GetString()}/original?reason=a%20test%20compares");
        Assert.Equal(jpeg, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.GetAsync($"/api/attachments/{photo.GetProperty("sha256").GetString()}")).StatusCode);

        using var script = new MultipartFormDataContent { { new StringContent(hub.Key), "api_key" }, { new StringContent("<svg onload='alert(1)'/>"), "media", "a.jpg" } };
        using var refused = await hub.Client.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), script);
        Assert.Contains("media", Assert.Single(await Open311Hub.ErrorsAsync(refused, HttpStatusCode.BadRequest, "script")), StringComparison.Ordinal);
    }
}
