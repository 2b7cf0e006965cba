using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Attachments;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>Pictures are shown outside when somebody said so, without what they tell about who took them.</summary>
public sealed class PublicMediaTests
{
    private const string Secret = "quagga-camera";

    [Fact]
    public async Task A_picture_is_shown_from_its_mark_on_until_that_is_taken_back_and_freed_of_what_it_tells()
    {
        await using var hub = await Open311Hub.StartAsync();
        using var staff = await hub.Real.WithKeyAsync("dispatcher");
        var number = await hub.ReportAsync();
        var n = await AddAsync(staff, $"/api/requests/{number}/media?caption=Before", "image/jpeg", Pictures.Telling(Secret));
        Assert.Null(await UrlAsync(hub, number));
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync($"/open311/v2/media/{number}-{n}.jpg")).StatusCode);

        await PublishAsync(staff, number, n, isPublic: true);
        var url = await UrlAsync(hub, number);
        Assert.Equal($"{hub.Client.BaseAddress}open311/v2/media/{number}-{n}.jpg", url);
        using var shown = await hub.Client.GetAsync(url);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (shown.StatusCode, shown.Content.Headers.ContentType?.ToString()));
        Assert.Equal(("nosniff", "cross-origin", "*"), (Header(shown, "X-Content-Type-Options"), Header(shown, "Cross-Origin-Resource-Policy"), Header(shown, "Access-Control-Allow-Origin")));
        Assert.Contains("sandbox", Header(shown, "Content-Security-Policy"), StringComparison.Ordinal);
        var bytes = await shown.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xFF, 0xD8, 0xFF], bytes[..3]);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        // The same in XML, in updates, with its line in the notes; the city keeps its own as it was.
        var xml = await hub.XmlAsync($"/open311/v2/requests/{number}.xml?extensions=true");
        Assert.Equal([url, url], xml.Descendants("media_url").Select(e => e.Value));
        Assert.Equal(url, (await hub.JsonAsync($"/open311/v2/servicerequestupdates.json?service_request_id={number}")).EnumerateArray().Last().GetProperty("media_url").GetString());
        Assert.DoesNotContain("media_url", (await hub.JsonAsync($"/open311/v2/requests/{await hub.ReportAsync(at: new(42.37, -71.11))}.json")).GetRawText(), StringComparison.Ordinal);
        foreach (var wrong in (string[])[$"{number}-{n}.png", $"{number}-{n}.exe", $"{number}-99.jpg", $"{number}.jpg", "-1.jpg", $"x-{n}.jpg", ".jpg"])
            Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync($"/open311/v2/media/{wrong}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync("/open311/v2/media")).StatusCode);

        await PublishAsync(staff, number, n, isPublic: false);
        Assert.Null(await UrlAsync(hub, number));
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Client.GetAsync(url)).StatusCode);
        await PublishAsync(staff, number, n, isPublic: true);
        await hub.Database.WriteAsync(scope => { scope.Execute("UPDATE requests SET public_ms=NULL WHERE number=@number", new { number }); }, WritePriority.Interactive, default);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Client.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task A_residents_or_a_crews_picture_is_shown_only_when_somebody_chooses_it()
    {
        await using var hub = await Open311Hub.StartAsync();
        using var staff = await hub.Real.WithKeyAsync("dispatcher");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("pothole"), "service_code" }, { new StringContent("42.3655"), "lat" }, { new StringContent("-71.1037"), "long" }, { new StringContent(hub.Key), "api_key" },
        };
        using var photo = new ByteArrayContent(Pictures.Telling(Secret));
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(photo, "media", "p.jpg");
        using var sent = await hub.Client.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), form);
        var number = (await Open311Hub.JsonAsync(sent, HttpStatusCode.OK, "POST requests"))[0].GetProperty("service_request_id").GetString()!;
        Assert.Null(await UrlAsync(hub, number));

        var sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Pictures.Telling(Secret)));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.PostJsonAsync($"/api/requests/{number}/media/{new string('0', 64)}?public=true", new { })).StatusCode);
        using var chosen = await staff.PostJsonAsync($"/api/requests/{number}/media/{sha}?public=true&caption=As%20reported", new { });
        Assert.Equal(HttpStatusCode.Created, chosen.StatusCode);
        var url = await UrlAsync(hub, number);
        Assert.NotNull(url);
        Assert.DoesNotContain(sha, url, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(await hub.Client.GetByteArrayAsync(url)), StringComparison.Ordinal);
        using var reader = await hub.Real.WithKeyAsync("read-only");
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostJsonAsync($"/api/requests/{number}/media/{sha}?public=true", new { })).StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_cleaned_is_not_made_public()
    {
        await using var hub = await Open311Hub.StartAsync();
        using var staff = await hub.Real.WithKeyAsync("dispatcher");
        var number = await hub.ReportAsync();
        byte[] voice = [.. "OggS"u8, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        byte[] broken = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        foreach (var (type, bytes) in new[] { ("audio/ogg", voice), ("image/jpeg", broken) })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(staff, $"/api/requests/{number}/media?public=true", type, bytes)).StatusCode);
            var n = await AddAsync(staff, $"/api/requests/{number}/media", type, bytes);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.PutAsJsonAsync($"/api/requests/{number}/history/{n}", new { @public = true, wording = "x" })).StatusCode);
        }
    }

    private static async Task<string?> UrlAsync(Open311Hub hub, string number) =>
        (await hub.JsonAsync($"/open311/v2/requests/{number}.json"))[0].TryGetProperty("media_url", out var url) ? url.GetString() : null;

    private static async Task PublishAsync(HttpClient staff, string number, long n, bool isPublic) =>
        Assert.Equal(HttpStatusCode.OK, (await staff.PutAsJsonAsync($"/api/requests/{number}/history/{n}", new { @public = isPublic })).StatusCode);

    private static async Task<long> AddAsync(HttpClient staff, string path, string type, byte[] bytes)
    {
        using var answer = await SendAsync(staff, path, type, bytes);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("n").GetInt64();
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient staff, string path, string type, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return staff.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
