using System.Net;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Ingest;

namespace ThreeOneOne.Field.Hub.Tests.Web;

public sealed class WebTests
{
    [Theory]
    [InlineData("/api/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("/api/vehicles/unit-999", HttpStatusCode.NotFound)]
    [InlineData("/api/vehicles/unit-999/track", HttpStatusCode.NotFound)]
    [InlineData("/api/ingest/ledger", HttpStatusCode.BadRequest)]
    [InlineData("/api/aside?limit=many", HttpStatusCode.BadRequest)]
    public async Task Every_error_is_a_problem(string path, HttpStatusCode expected)
    {
        await using var hub = await TestHub.StartAsync();
        var answer = await hub.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)expected, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Json_is_compressed_where_the_client_can()
    {
        await using var hub = await TestHub.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/vehicles");
        request.Headers.AcceptEncoding.ParseAdd("br");
        Assert.Equal(["br"], (await hub.Client.SendAsync(request)).Content.Headers.ContentEncoding);
    }

    [Fact]
    public void Times_are_utc_with_milliseconds_and_enums_are_words()
    {
        var json = JsonSerializer.Serialize(new
        {
            At = new DateTimeOffset(2026, 11, 21, 5, 0, 0, 7, TimeSpan.FromHours(-5)),
            Kind = Hub.Vehicles.VehicleKind.SensorOnly,
            Shift = Wire.ShiftState.CallOut,
        }, HubJson.Options);
        Assert.Equal("""{"at":"2026-11-21T10:00:00.007Z","kind":"sensor-only","shift":"callOut"}""", json);
    }
}
