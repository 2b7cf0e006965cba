using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Open311;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tests.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Districts;

/// <summary>What lies outside the city is not its business: reports are refused, vehicles' evidence rests, crews' work is kept and marked.</summary>
public sealed class CityEdgeTests
{
    private static readonly GeoPoint Salem = new(42.5195, -70.8967);

    [Fact]
    public void A_place_beyond_the_margin_is_outside_and_a_city_without_districts_is_where_its_streets_are()
    {
        var options = new DistrictsOptions();
        var (districts, streets) = (DistrictFile.Load(options), StreetFiles.Load(new StreetsOptions()));
        var inside = Open311Hub.Place;
        foreach (var edge in (CityEdge[])[new(districts, streets, options), new(new DistrictMap([], 0), streets, options)])
        {
            Assert.False(edge.IsOutside(inside));
            Assert.InRange(edge.OutsideM(Salem)!.Value, 15_000, 30_000);
            Assert.Contains("exchange them", edge.Fault(new GeoPoint(inside.Longitude, inside.Latitude)), StringComparison.Ordinal);
            Assert.Contains(" km outside the city", edge.Fault(Salem), StringComparison.Ordinal);
        }

        Assert.False(new CityEdge(new DistrictMap([], 0), new StreetMap([], [], new StreetsOptions()), options).IsOutside(Salem));
    }

    [Fact]
    public async Task A_report_from_elsewhere_is_refused_beside_the_field_and_in_Open311_s_way()
    {
        await using var hub = await Open311Hub.StartAsync();
        using var client = await hub.Real.WithKeyAsync("city-it");
        using var byHand = await client.PostAsJsonAsync("/api/requests", new { service = "pothole", lat = Salem.Latitude, lon = Salem.Longitude });
        Assert.Equal(HttpStatusCode.BadRequest, byHand.StatusCode);
        Assert.Contains("km outside the city", (await byHand.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("lat")[0].GetString(), StringComparison.Ordinal);

        using var report = await hub.PostAsync("/open311/v2/requests.xml", FormattableString.Invariant($"service_code=pothole&lat={Salem.Latitude}&long={Salem.Longitude}"));
        Assert.Equal(HttpStatusCode.BadRequest, report.StatusCode);
        Assert.Equal("text/xml", report.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<description>lat and long: the place lies", await report.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var swapped = await hub.PostAsync("/open311/v2/requests.json", "service_code=pothole&lat=-71.1037&long=42.3655");
        Assert.Contains("exchange them", await swapped.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/requests")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_vehicles_sense_elsewhere_makes_no_request_and_what_a_crew_did_there_is_kept_and_marked()
    {
        await using var hub = await WorkHub.StartAsync();
        var sample = new Sample();
        await hub.ApplyAsync([.. Enumerable.Range(0, 4).Select(i => sample.Shock($"v{i}", i, Salem.MovedByM(3_000, 0)))]);
        await hub.ReactAsync();
        Assert.Empty(await hub.RequestsAsync());
        Assert.NotEmpty(await hub.SitesAsync());
        await hub.ApplyAsync(sample.Action("unit-1", 10, new CrewAction { Id = "a1", Kind = CrewActionKind.FixedHere, Service = "pothole", At = Salem }));
        var order = Assert.Single(await hub.OrdersAsync());
        Assert.True(order.Far);
        var request = await hub.OnlyRequestAsync();
        Assert.Contains("outside the city", string.Join('\n', await hub.HistoryAsync(request.Number)), StringComparison.Ordinal);
    }
}
