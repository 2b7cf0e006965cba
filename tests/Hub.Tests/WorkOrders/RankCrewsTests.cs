using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class RankCrewsTests
{
    private static readonly Service Lamp = new()
    {
        Code = "street-light-out", Title = "Street light out", Description = "", Group = "", Department = "electrical", TargetHours = [1, 2, 3, 4],
        Calendar = new BusinessCalendar("c", TimeZoneInfo.Utc, [.. Enumerable.Repeat<IReadOnlyList<OpenHours>>([new OpenHours(0, OpenHours.Day)], 7)], new HashSet<DateOnly>()), Resolutions = ["repaired"], Skills = ["electrician"], Equipment = ["bucket-truck"],
    };

    private static readonly SoughtJob Job = new(Lamp, "5", null, 0.5);

    [Fact]
    public void The_best_qualified_crew_stands_first_and_each_reason_decides_in_its_turn()
    {
        // Each is worse than the one before in one thing only, and better in all that comes after.
        CrewNow[] inOrder =
        [
            Now("best", minutes: 9),
            Now("farther", minutes: 12),
            Now("busier", load: 3, minutes: 1),
            Now("tired", load: 0, minutes: 1, hours: 0.4),
            Now("break", load: 0, minutes: 1, shift: "break"),
            Now("elsewhere", load: 0, minutes: 1, districts: ["9"]),
            Now("unknown-truck", load: 0, minutes: 1, equipment: null),
            Now("no-bucket", load: 0, minutes: 1, equipment: ["asphalt"]),
        ];
        Assert.Equal(inOrder.Select(c => c.Crew.Id), RankCrews.Of(Job, inOrder.Reverse()).Select(c => c.Crew));
    }

    [Theory]
    [InlineData("skills", "electrician")]
    [InlineData("equipment", "bucket-truck")]
    [InlineData("shift", "off")]
    [InlineData("hours", "-0.5")]
    [InlineData("contractor", null)]
    public void A_crew_that_cannot_stands_last_with_the_reason_why_not(string code, string? value)
    {
        var cannot = code switch
        {
            "skills" => Now("x", skills: ["masonry"]),
            "equipment" => Now("x", equipment: []),
            "shift" => Now("x", shift: "off"),
            "hours" => Now("x", hours: -0.5),
            _ => Now("x") with { Crew = Now("x").Crew with { Contractor = "siemens" } },
        };
        var ranked = RankCrews.Of(Job, [cannot, Now("far", load: 9, minutes: 55, shift: "break", districts: ["9"])]);
        Assert.Equal(["far", "x"], ranked.Select(c => c.Crew));
        Assert.Equal((true, false), (ranked[0].Can, ranked[1].Can));
        var why = Assert.Single(ranked[1].Reasons, r => !r.Ok);
        Assert.Equal((code, value), (why.Code, why.Values is [var first, ..] ? first : null));
    }

    [Fact]
    public void A_contractors_job_is_for_its_own_crews()
    {
        var theirs = Now("theirs") with { Crew = Now("theirs").Crew with { Contractor = "siemens" } };
        var ranked = RankCrews.Of(Job with { Party = "siemens" }, [Now("ours"), theirs]);
        Assert.Equal([("theirs", true), ("ours", false)], ranked.Select(c => (c.Crew, c.Can)));
    }

    [Fact]
    public void Ties_go_by_id_and_a_crew_nobody_heard_comes_after_those_whose_way_is_known()
    {
        var ranked = RankCrews.Of(Job, [Now("b", minutes: 5), Now("c", minutes: null), Now("a", minutes: 5)]);
        Assert.Equal(["a", "b", "c"], ranked.Select(c => c.Crew));
        Assert.Equal((null, "unknown", false), (ranked[2].TravelMinutes, ranked[2].TravelBy, ranked[2].Reasons[^1].Known));
    }

    [Fact]
    public async Task Candidates_are_listed_with_reasons_and_the_time_of_the_way_but_no_place()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        foreach (var (id, equipment) in new[] { ("near", new[] { "bucket-truck" }), ("far", ["bucket-truck"]), ("filler", ["asphalt"]), ("home", ["bucket-truck"]) })
        {
            (await client.PostAsJsonAsync("/api/vehicles", new { id = $"t-{id}", name = id, kind = "crewed" })).EnsureSuccessStatusCode();
            (await client.PostAsJsonAsync("/api/crews", new { id, name = id, members = new[] { "m1" }, skills = new[] { "electrician", "pothole" }, equipment, districts = Array.Empty<string>() }))
                .EnsureSuccessStatusCode();
            if (id != "home") (await client.PostAsJsonAsync($"/api/crews/{id}/status", new { clientId = "on", state = "on", saidBy = "m1", vehicle = $"t-{id}" })).EnsureSuccessStatusCode();
        }

        Position(hub, "t-near", new GeoPoint(42.3660, -71.1040));
        Position(hub, "t-far", new GeoPoint(42.3900, -71.1400));
        Position(hub, "t-filler", new GeoPoint(42.3655, -71.1037));
        // Off shift: wherever it stands is nobody's business.
        Position(hub, "t-home", new GeoPoint(42.3655, -71.1037));
        using var opened = await client.PostAsJsonAsync("/api/requests", new { service = "street-light-out", lat = 42.3655, lon = -71.1037 });
        var request = Text(await opened.Content.ReadFromJsonAsync<JsonElement>(), "number");
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/requests/{request}/candidates");
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["near", "far", "filler", "home"], items.Select(i => Text(i, "crew")));
        Assert.Equal([true, true, false, false], items.Select(i => i.GetProperty("can").GetBoolean()));
        Assert.Equal(("streets", "streets", "unknown"), (Text(items[0], "travelBy"), Text(items[1], "travelBy"), Text(items[3], "travelBy")));
        Assert.InRange(items[0].GetProperty("travelMinutes").GetInt32(), 1, 4);
        Assert.InRange(items[1].GetProperty("travelMinutes").GetInt32(), 6, 40);
        Assert.DoesNotContain("lat", answer.GetRawText(), StringComparison.Ordinal);
        var why = items[2].GetProperty("reasons").EnumerateArray().Single(r => !r.GetProperty("ok").GetBoolean());
        Assert.Equal(("equipment", "bucket-truck"), (Text(why, "code"), why.GetProperty("values")[0].GetString()));

        using var made = await client.PostAsJsonAsync("/api/work-orders", new { request, crew = "near" });
        var order = Text(await made.Content.ReadFromJsonAsync<JsonElement>(), "id");
        var again = await client.GetFromJsonAsync<JsonElement>($"/api/work-orders/{order}/candidates");
        Assert.Equal(("near", 0), (Text(again.GetProperty("items")[0], "crew"), again.GetProperty("items")[0].GetProperty("load").GetInt32()));
    }

    [Fact]
    public async Task A_crew_without_a_device_works_a_shift_by_radio()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        (await client.PostAsJsonAsync("/api/crews", new { id = "c1", name = "Crew 1", members = new[] { "m1" } })).EnsureSuccessStatusCode();
        async Task<JsonElement> SayAsync(object said)
        {
            using var response = await client.PostAsJsonAsync("/api/crews/c1/status", said);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }

        using (var early = await client.PostAsJsonAsync("/api/crews/c1/status", new { clientId = "a", state = "off", saidBy = "m1" }))
            Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, early.StatusCode);
        var at = TimeProvider.System.GetUtcNow().AddHours(-3);
        var on = await SayAsync(new { clientId = "b", state = "on", saidBy = "m1", at });
        Assert.Equal(("on", JsonValueKind.Null), (Text(on, "shift"), on.GetProperty("vehicle").ValueKind));
        Assert.Equal("break", Text(await SayAsync(new { clientId = "c", state = "break", saidBy = "m1", at = at.AddHours(1) }), "shift"));
        Assert.Equal("on", Text(await SayAsync(new { clientId = "d", state = "on", saidBy = "m1", at = at.AddHours(2) }), "shift"));
        // Sent again, late: nothing changes.
        Assert.Equal("on", Text(await SayAsync(new { clientId = "c", state = "break", saidBy = "m1", at = at.AddHours(1) }), "shift"));
        Assert.Equal("off", Text(await SayAsync(new { clientId = "e", state = "off", saidBy = "m1" }), "shift"));
        var shift = Assert.Single((await client.GetFromJsonAsync<JsonElement>("/api/crews/c1/shifts")).GetProperty("items").EnumerateArray());
        Assert.Equal("signed-off", Text(shift, "ended"));
    }

    [Fact]
    public async Task What_the_registry_says_of_a_crew_can_be_changed()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        (await client.PostAsJsonAsync("/api/crews", new { id = "c1", name = "Crew 1" })).EnsureSuccessStatusCode();
        using (var put = await client.PutAsJsonAsync("/api/crews/c1", new { name = "Lights 1", members = new[] { "m1" }, skills = new[] { "electrician" }, equipment = new[] { "bucket-truck" }, districts = new[] { "5" } }))
            Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        var crew = (await client.GetFromJsonAsync<JsonElement>("/api/crews")).GetProperty("items")[0];
        Assert.Equal(("Lights 1", "bucket-truck", "5"), (Text(crew, "name"), crew.GetProperty("equipment")[0].GetString(), crew.GetProperty("districts")[0].GetString()));
        using var none = await client.PutAsJsonAsync("/api/crews/nobody", new { name = "x" });
        Assert.Equal(System.Net.HttpStatusCode.NotFound, none.StatusCode);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static CrewNow Now(
        string id, long load = 0, double? minutes = 10, double? hours = 6, string shift = "on", string[]? skills = null, string[]? equipment = null, string[]? districts = null) =>
        new(new Crew(id, id, [], skills ?? ["electrician"]) { Equipment = id == "unknown-truck" ? null : equipment ?? ["bucket-truck"], Districts = districts ?? ["5"] },
            shift, hours, load, 6, minutes * 60, minutes is null ? Candidate.Unknown : Candidate.Streets);

    private static void Position(RealHub hub, string vehicle, GeoPoint at)
    {
        var positions = (LivePositions)hub.Services.GetService(typeof(LivePositions))!;
        var now = TimeProvider.System.GetUtcNow();
        positions.Publish(new LivePositionReceived(
            ((VehicleRegistry)hub.Services.GetService(typeof(VehicleRegistry))!).Find(vehicle)!,
            new LivePosition { Stamp = new Stamp { FixTime = now, DeviceTime = now, Boot = "0000b007", MonotonicMs = 1 }, At = at }, now));
    }
}
