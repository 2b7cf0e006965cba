using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Coverage;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Coverage;

public sealed class ReadCoverageTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Streets_that_nobody_drove_are_told_beside_those_that_somebody_did()
    {
        await using var hub = await RealHub.StartAsync();
        var at = new GeoPoint(42.365516, -71.103746);
        var segment = hub.Services.GetRequiredService<StreetMap>().Locate(at)!.Segment;
        var district = hub.Services.GetRequiredService<SegmentDistricts>().Find(segment)!.District!;
        await hub.Services.GetRequiredService<Database>().WriteAsync(scope =>
        {
            CoverageStore.Add(scope, segment, StreetHour.HourOf(Now.AddHours(-3)).ToUnixTimeMilliseconds(), new StreetSums { Stretches = 4, RoughLengthDm = 1_000, RoughSum = 2_500_000, Shocks = 1, Potholes = 1 });
            CoverageStore.Add(scope, segment, StreetHour.HourOf(Now.AddDays(-20)).ToUnixTimeMilliseconds(), new StreetSums { LampPasses = 7, LampsDark = 2 });
            TicketStore.Save(scope, Request("SR-26-000001", "sensor"));
            TicketStore.Save(scope, Request("SR-26-000002", "resident"));
            TicketStore.Save(scope, Request("SR-26-000003", "resident") with { Parent = "SR-26-000002" });
            TicketStore.Save(scope, Request("SR-26-000004", "sensor") with { Accepted = false, Stage = "review" });
        }, WritePriority.Interactive, default);
        using var client = await hub.WithKeyAsync("read-only");
        async Task<List<JsonElement>> ItemsAsync(string path) => [.. (await (await client.FetchAsync(path)).JsonAsync()).GetProperty("items").EnumerateArray()];

        var segments = await ItemsAsync("/api/coverage/segments");
        Assert.Equal(hub.Services.GetRequiredService<StreetMap>().Segments, segments.Count);
        var driven = Assert.Single(segments, s => s.GetProperty("roadPasses").GetInt64() > 0);
        Assert.Equal((segment, district.Id, 5, 0, JsonValueKind.Null, JsonValueKind.Null), (
            driven.GetProperty("segment").GetString(), driven.GetProperty("district").GetString(), driven.GetProperty("roadPasses").GetInt32(),
            driven.GetProperty("lampPasses").GetInt32(), driven.GetProperty("roughnessMPerKm").ValueKind, driven.GetProperty("roughnessRank").ValueKind));
        Assert.True(driven.GetProperty("line").GetArrayLength() >= 4);

        var month = await ItemsAsync($"/api/coverage/districts?service=pothole&from={Now.AddDays(-30):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        var here = month.Single(d => d.GetProperty("district").GetString() == district.Id);
        Assert.Equal((5, 7, 1, 2), (
            here.GetProperty("roadPasses").GetInt32(), here.GetProperty("lampPasses").GetInt32(), here.GetProperty("sensor").GetInt32(), here.GetProperty("resident").GetInt32()));
        Assert.InRange(here.GetProperty("roadSensedM").GetDouble(), 1, here.GetProperty("lengthM").GetDouble() - 1);
        Assert.Equal(here.GetProperty("roadSensedM").GetDouble(), here.GetProperty("lampSensedM").GetDouble());
        Assert.All(month, d => Assert.True(d.GetProperty("segments").GetInt32() > 0, d.GetProperty("name").GetString()));
        foreach (var bad in (string[])["segments?from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z", "districts?from=2020-11-22T00:00:00Z&to=2026-11-21T00:00:00Z"])
            Assert.Equal(HttpStatusCode.BadRequest, (await client.FetchAsync("/api/coverage/" + bad)).StatusCode);

        Ticket Request(string number, string source) => new()
        {
            Number = number, Jurisdiction = "cambridge-ma", Service = "pothole", Title = "Pothole", At = at, Priority = 3, Source = source,
            OpenedAt = Now.AddDays(-1), UpdatedAt = Now, Accepted = true, Segment = segment, District = district.Id,
        };
    }
}
