using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class HotSpotTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Places_are_counted_by_defects_the_most_first()
    {
        await using var hub = await RealHub.StartAsync();
        var at = new GeoPoint(42.365516, -71.103746);
        var segment = hub.Services.GetRequiredService<StreetMap>().Locate(at)!.Segment;
        var district = hub.Services.GetRequiredService<DistrictMap>().All[0];
        var n = 0;
        Ticket Request(string place, string area) => new()
        {
            Number = $"SR-26-{++n:000000}", Jurisdiction = "cambridge-ma", Service = "pothole", Title = "Pothole", At = at, Priority = 3, Source = "sensor",
            OpenedAt = Now.AddDays(-1), UpdatedAt = Now, Accepted = true, Segment = place, District = area,
        };
        Ticket[] tickets =
        [
            Request(segment, district.Id) with { Reports = 2 }, Request(segment, district.Id) with { Status = Ticket.Closed, ClosedAt = Now },
            Request("gone", "x"), Request("gone", "x") with { Service = "street-light-out" },
            Request("gone", "x") with { Service = "street-light-out", OpenedAt = Now.AddDays(-200) },
            // Not defects of their own.
            Request(segment, district.Id) with { Parent = "SR-26-000001" }, Request("gone", "x") with { Parent = "SR-26-000003" }, Request("gone", "x") with { Parent = "SR-26-000003" },
            Request("gone", "x") with { Status = Ticket.Withdrawn, Stage = Ticket.Withdrawn }, Request("gone", "x") with { Accepted = false, Stage = "review" },
        ];
        var database = hub.Services.GetRequiredService<Database>();
        await database.WriteAsync(scope => { foreach (var ticket in tickets) TicketStore.Save(scope, ticket); }, WritePriority.Interactive, default);
        using var client = await hub.WithKeyAsync("read-only");
        async Task<List<JsonElement>> ItemsAsync(string query) =>
            [.. (await (await client.FetchAsync("/api/hot-spots?" + query)).JsonAsync()).GetProperty("items").EnumerateArray()];

        var potholes = await ItemsAsync("service=pothole");
        Assert.Equal([(segment, 2L, 1L, 2L), ("gone", 1L, 1L, 0L)], potholes.Select(Figures));
        var street = potholes[0].GetProperty("name").GetString()!;
        Assert.StartsWith($"{street} between ", potholes[0].GetProperty("place").GetString(), StringComparison.Ordinal);
        Assert.Matches("^[0-9]+–[0-9]+$", potholes[0].GetProperty("numbers").GetString());
        Assert.InRange(at.DistanceMTo(new GeoPoint(potholes[0].GetProperty("lat").GetDouble(), potholes[0].GetProperty("lon").GetDouble())), 0, 300);
        Assert.Equal(JsonValueKind.Null, potholes[1].GetProperty("place").ValueKind);
        Assert.True(potholes[0].GetProperty("perKm").GetDouble() > 2);
        Assert.Equal([("gone", 2L, 2L, 0L), (segment, 2L, 1L, 2L)], (await ItemsAsync("by=segment")).Select(Figures).OrderBy(f => f.Item1 == segment));
        Assert.Equal(3, Figures((await ItemsAsync($"from={Now.AddDays(-300):yyyy-MM-dd'T'HH:mm:ss'Z'}"))[0]).Requests);
        var districts = await ItemsAsync("by=district&service=pothole&limit=1");
        Assert.Equal((district.Id, 2L, 1L, 2L), Figures(Assert.Single(districts)));
        Assert.Equal(district.Name, districts[0].GetProperty("name").GetString());
        foreach (var bad in (string[])["by=street", "service=dragons", "limit=0", "from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z"])
            Assert.Equal(HttpStatusCode.BadRequest, (await client.FetchAsync("/api/hot-spots?" + bad)).StatusCode);
    }

    [Theory]
    [InlineData("segment")]
    [InlineData("district")]
    public async Task A_city_without_requests_has_no_hot_spots(string by)
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("read-only");
        using var answer = await client.FetchAsync($"/api/hot-spots?by={by}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, (await answer.JsonAsync()).GetProperty("items").GetArrayLength());
    }

    private static (string Id, long Requests, long Open, long Reports) Figures(JsonElement item) => (
        item.GetProperty("id").GetString()!, item.GetProperty("requests").GetInt64(), item.GetProperty("open").GetInt64(), item.GetProperty("reports").GetInt64());
}
