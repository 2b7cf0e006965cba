using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Access;
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

    [Fact]
    public async Task Every_certificate_is_recorded_with_who_signed_it_and_again_means_another()
    {
        await using var hub = await BrokerHost.StartAsync();
        await hub.RegisterAsync("truck-7");
        await hub.EnrolAsync("truck-7");
        await hub.EnrolAsync("truck-7");

        var rows = await hub.Database.ReadAsync(c => c.Query<(string Vehicle, string By)>("SELECT vehicle, issued_by FROM certificates").AsList(), default);
        Assert.Equal([("truck-7", "test"), ("truck-7", "test")], rows);
        var audit = await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 100), default);
        Assert.Equal(2, audit.Count(a => a.Action == "vehicle.enrol" && a.Subject == "truck-7"));
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
