using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Tests.Enrolment;

public sealed class VehicleDoorTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private RealHub hub = null!;

    private CertificateAuthority Authority => hub.Services.GetRequiredService<CertificateAuthority>();

    public async Task InitializeAsync()
    {
        hub = await RealHub.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock));
        hub.Services.GetRequiredService<BrokerPlace>().Current = new BrokerPlace.Address("127.0.0.1", 8883);
        await hub.Services.GetRequiredService<VehicleRegistry>().RegisterAsync(
            new Vehicle("truck-7", "cambridge-ma", "Truck 7", VehicleKind.Crewed, DateTimeOffset.UnixEpoch), _ => { }, default);
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task The_door_and_the_people_s_port_serve_nothing_of_each_other()
    {
        using var person = await hub.WithKeyAsync("city-it");
        using var vehicle = DoorClient.Open(hub.Door, Authority.AuthorityPem, (await IssueAsync()).Own);
        var doors = 0;
        foreach (var endpoint in hub.Endpoints.OfType<RouteEndpoint>())
        {
            var isDoor = endpoint.Metadata.GetMetadata<DoorRoute>() is not null;
            var path = endpoint.RoutePattern.RawText!.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
            Assert.Equal(isDoor, endpoint.RoutePattern.RawText!.StartsWith("/vehicle/v1/", StringComparison.Ordinal));
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var response = await (isDoor ? person : vehicle).SendAsync(request);
                Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {path} answered {response.StatusCode}");
            }

            doors += isDoor ? 1 : 0;
        }

        Assert.True(doors >= 2, $"only {doors}");
    }

    [Fact]
    public async Task A_good_certificate_is_let_in_and_none_is_not()
    {
        using var blank = DoorClient.Open(hub.Door, Authority.AuthorityPem);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(blank, "/vehicle/v1/identity"));
        Assert.Equal(Authority.AuthorityPem, await blank.GetStringAsync(new Uri("/vehicle/v1/authority", UriKind.Relative)));

        using var truck = DoorClient.Open(hub.Door, Authority.AuthorityPem, (await IssueAsync()).Own);
        using var answer = await truck.FetchAsync("/vehicle/v1/identity");
        var identity = await answer.JsonAsync();
        Assert.Equal("truck-7", identity.GetProperty("vehicle").GetString());
        Assert.Equal("cambridge-ma", identity.GetProperty("jurisdiction").GetString());
        Assert.Equal(8883, identity.GetProperty("broker").GetProperty("port").GetInt32());
        Assert.Equal(hub.Door.Port, identity.GetProperty("door").GetProperty("port").GetInt32());
        Assert.NotNull(answer.Headers.Date);
    }

    [Fact]
    public async Task A_strangers_certificate_does_not_pass_the_handshake()
    {
        var folder = Directory.CreateTempSubdirectory("field-stranger-").FullName;
        try
        {
            using var stranger = CertificateAuthority.Open(folder, new EnrolmentOptions(), clock);
            using var truck = DoorClient.Open(hub.Door, Authority.AuthorityPem, DoorClient.Issue(stranger, "truck-7").Own);
            await Assert.ThrowsAsync<HttpRequestException>(() => truck.FetchAsync("/vehicle/v1/identity"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_certificate_that_is_not_in_the_books_or_revoked_gets_nothing_also_on_an_open_connection()
    {
        using var unknown = DoorClient.Open(hub.Door, Authority.AuthorityPem, DoorClient.Issue(Authority, "truck-7").Own);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(unknown, "/vehicle/v1/identity"));

        using var truck = DoorClient.Open(hub.Door, Authority.AuthorityPem, (await IssueAsync()).Own);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(truck, "/vehicle/v1/identity"));
        await WriteAsync(s => EnrolmentStore.Revoke(s, "truck-7", "lost"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(truck, "/vehicle/v1/identity"));
    }

    [Fact]
    public async Task A_certificate_that_ran_out_renews_within_the_grace_and_does_nothing_else()
    {
        var options = hub.Services.GetRequiredService<EnrolmentOptions>();
        var judge = hub.Services.GetRequiredService<DoorJudge>();
        using var own = (await IssueAsync()).Own;
        var call = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        call.Features.Set<Microsoft.AspNetCore.Http.Features.ITlsConnectionFeature>(new Shown(own));

        Assert.Null(await judge.RefuseAsync(call, DoorEntry.Vehicle));
        clock.Advance(TimeSpan.FromDays(options.VehicleDays + 1));
        Assert.Contains("run out", await judge.RefuseAsync(call, DoorEntry.Vehicle), StringComparison.Ordinal);
        Assert.Null(await judge.RefuseAsync(call, DoorEntry.Renewal));
        clock.Advance(TimeSpan.FromDays(options.RenewGraceDays));
        Assert.Contains("too long ago", await judge.RefuseAsync(call, DoorEntry.Renewal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_asks_with_the_newer_certificate_revokes_the_older()
    {
        using var first = DoorClient.Open(hub.Door, Authority.AuthorityPem, (await IssueAsync()).Own);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var second = DoorClient.Open(hub.Door, Authority.AuthorityPem, (await IssueAsync()).Own);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, "/vehicle/v1/identity"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, "/vehicle/v1/identity"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(first, "/vehicle/v1/identity"));
    }

    [Theory]
    [InlineData("zz")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg")]
    public async Task What_is_no_fingerprint_is_refused(string trusts)
    {
        using var truck = DoorClient.Open(hub.Door, Authority.AuthorityPem, (await IssueAsync()).Own);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(truck, "/vehicle/v1/identity?trusts=" + trusts));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.FetchAsync(path);
        return response.StatusCode;
    }

    private async Task<(X509Certificate2 Own, IssuedCertificate Issued)> IssueAsync()
    {
        var made = DoorClient.Issue(Authority, "truck-7");
        await WriteAsync(s => EnrolmentStore.Add(s, "truck-7", made.Issued, "test"));
        return made;
    }

    private Task WriteAsync(Action<WriteScope> write) => hub.Services.GetRequiredService<Database>().WriteAsync(write, WritePriority.Interactive, default);

    private sealed class Shown(X509Certificate2 certificate) : Microsoft.AspNetCore.Http.Features.ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; } = certificate;

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }
}
