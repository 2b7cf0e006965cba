using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Desks;

public sealed class DeskTests
{
    [Fact]
    public async Task A_desk_passes_from_one_to_the_next_with_notes_and_what_was_open()
    {
        await using var hub = await RealHub.StartAsync();
        using var dee = await hub.WithKeyAsync("dispatcher");
        using var sam = await hub.WithKeyAsync("supervisor");
        (await dee.PostAsJsonAsync("/api/requests", new { service = "pothole", lat = 42.3655, lon = -71.1037 })).EnsureSuccessStatusCode();
        var first = await EnterAsync(dee, "Lights/take-over", new { clientId = "t1", notes = "quiet night" });
        Assert.Equal((JsonValueKind.Null, 1), (first.GetProperty("from").ValueKind, first.GetProperty("counts").GetProperty("requestsOpen").GetInt32()));
        await EnterAsync(dee, "Lights/notes", new { clientId = "n1", text = "bucket truck 2 is in the shop" });
        var next = await EnterAsync(sam, "Lights/take-over", new { clientId = "t1", notes = "" });
        Assert.Equal(Text(first, "who"), Text(next, "from"));
        var desk = Assert.Single((await dee.GetFromJsonAsync<JsonElement>("/api/desks")).GetProperty("items").EnumerateArray());
        Assert.Equal(("Lights", Text(next, "who")), (Text(desk, "name"), Text(desk, "holder")));
        var page = await sam.GetFromJsonAsync<JsonElement>("/api/desks/Lights/log?limit=2");
        Assert.Equal(["take-over", "note"], page.GetProperty("items").EnumerateArray().Select(e => Text(e, "kind")));
        var rest = await sam.GetFromJsonAsync<JsonElement>($"/api/desks/Lights/log?limit=2&cursor={page.GetProperty("next")}");
        Assert.Equal("quiet night", Text(Assert.Single(rest.GetProperty("items").EnumerateArray()), "notes"));
    }

    [Fact]
    public async Task The_same_entry_sent_again_is_entered_once_and_an_empty_note_not_at_all()
    {
        await using var hub = await RealHub.StartAsync();
        using var dee = await hub.WithKeyAsync("dispatcher");
        for (var i = 0; i < 2; i++) await EnterAsync(dee, "Night/take-over", new { clientId = "t1", notes = "storm is coming" });
        Assert.Single((await dee.GetFromJsonAsync<JsonElement>("/api/desks/Night/log")).GetProperty("items").EnumerateArray());
        using var empty = await dee.PostAsJsonAsync("/api/desks/Night/notes", new { clientId = "n1", text = " " });
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var crew = await hub.WithKeyAsync("crew");
        using var refused = await crew.GetAsync(new Uri("/api/desks", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static async Task<JsonElement> EnterAsync(HttpClient client, string what, object body)
    {
        using var response = await client.PostAsJsonAsync($"/api/desks/{what}", body);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
