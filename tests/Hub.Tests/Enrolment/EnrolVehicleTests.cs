using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Broker;

namespace ThreeOneOne.Field.Hub.Tests.Enrolment;

public sealed class EnrolVehicleTests
{
    [Fact]
    public async Task Only_a_registered_vehicle_is_enrolled_and_only_by_who_may()
    {
        await using var hub = await BrokerHost.StartAsync();
        await hub.RegisterAsync("truck-7");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var body = new { csr = CertificateAuthorityTests.Csr("CN=x", key) };
        using var allowed = await hub.ClientAsync();
        using var integration = await hub.ClientAsync("integration");

        Assert.Equal(HttpStatusCode.OK, await PostAsync(allowed, "truck-7", body));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(allowed, "truck-8", body));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(integration, "truck-7", body));
    }

    [Theory]
    [InlineData("""{"csr":"nothing"}""")]
    [InlineData("""{"csr":7}""")]
    [InlineData("""{"other":"x"}""")]
    [InlineData("""["x"]""")]
    [InlineData("{")]
    public async Task What_is_no_request_gets_a_problem_that_says_so(string body)
    {
        await using var hub = await BrokerHost.StartAsync();
        await hub.RegisterAsync("truck-7");
        using var client = await hub.ClientAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/vehicles/truck-7/certificate", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains("certificate request", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string vehicle, object body)
    {
        using var response = await client.PostAsJsonAsync($"/api/vehicles/{vehicle}/certificate", body);
        return response.StatusCode;
    }
}
