using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Broker;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Enrolment;

/// <summary>Certificates that follow each other, and authorities that do.</summary>
public sealed class RenewalTests
{
    [Fact]
    public async Task A_renewed_certificate_is_for_the_same_vehicle_and_the_old_one_is_good_until_the_new_is_used()
    {
        await using var hub = await BrokerHost.StartAsync();
        await hub.RegisterAsync("truck-7");
        var (link, own) = await hub.EnrolWithKeyAsync("truck-7");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var old = Open(hub, own);

        var answer = await RenewAsync(old, key);
        Assert.Equal("truck-7", answer.GetProperty("vehicle").GetString());
        // An answer that was lost is given again.
        var again = await RenewAsync(old, key);
        Assert.Equal(answer.GetProperty("certificate").GetString(), again.GetProperty("certificate").GetString());
        Assert.Equal(HttpStatusCode.OK, await LookAsync(old));

        using var renewed = Open(hub, DoorClient.WithKey(answer.GetProperty("certificate").GetString()!, key));
        Assert.Equal(HttpStatusCode.OK, await LookAsync(renewed));
        Assert.Equal(HttpStatusCode.Forbidden, await LookAsync(old));
        await using var session = await BrokerHost.ConnectAsync(hub.LinkOf("truck-7", answer, answer.GetProperty("certificate").GetString()!, key.ExportPkcs8PrivateKeyPem()));
        await Eventually.TrueAsync(async () => await RefusesAsync(link), "the broker refuses the old certificate");
    }

    [Fact]
    public async Task A_vehicle_gets_so_many_certificates_in_an_hour_and_no_more()
    {
        await using var hub = await BrokerHost.StartAsync(enrolment: new EnrolmentOptions { CertificatesPerHour = 3 });
        await hub.RegisterAsync("truck-7");
        using var truck = Open(hub, (await hub.EnrolWithKeyAsync("truck-7")).Own);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var response = await truck.PostJsonAsync("/vehicle/v1/certificate", new { csr = DoorClient.Csr(key) });
            answers.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Authorities_take_over_with_a_vehicle_that_was_away_all_the_time()
    {
        await using var hub = await BrokerHost.StartAsync();
        var authority = hub.Services.GetRequiredService<CertificateAuthority>();
        var oldTrust = authority.AuthorityPem;
        await hub.RegisterAsync("truck-7");
        await hub.RegisterAsync("away-1");
        var (link, own) = await hub.EnrolWithKeyAsync("truck-7");
        var (awayLink, awayOwn) = await hub.EnrolWithKeyAsync("away-1");
        await using var session = await BrokerHost.ConnectAsync(link);

        Assert.Equal(0, await CommandAsync(hub, "authority", "renew"));
        await Eventually.TrueAsync(() => authority.Generations.Count == 2, "the running hub has taken notice");
        Assert.NotEqual(oldTrust, authority.AuthorityPem);

        // Who knows only the old authority still reaches the door and the broker, whose certificates the new one signed.
        using (var truck = DoorClient.Open(hub.Door, oldTrust, own))
        {
            using var response = await truck.FetchAsync("/vehicle/v1/identity?trusts=" + Fingerprints(oldTrust));
            var answer = await response.JsonAsync();
            Assert.True(answer.GetProperty("renew").GetBoolean());
            Assert.Equal(2, Certificates(answer.GetProperty("authorities").GetString()!).Count);
        }

        await Eventually.TrueAsync(() => session.IsConnected, "the vehicle is connected again");
        await using (await BrokerHost.ConnectAsync(awayLink))
        {
        }

        Assert.Contains("away-1", await StatusAsync(hub), StringComparison.Ordinal);
        Assert.Equal(1, await CommandAsync(hub, "authority", "retire"));

        // Both learn it; the one that was away does so last.
        foreach (var (vehicle, with) in new[] { ("truck-7", own), ("away-1", awayOwn) })
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var first = DoorClient.Open(hub.Door, oldTrust, with);
            var answer = await RenewAsync(first, key);
            var trust = answer.GetProperty("authorities").GetString()!;
            using var renewed = DoorClient.Open(hub.Door, trust, DoorClient.WithKey(answer.GetProperty("certificate").GetString()!, key));
            using var response = await renewed.FetchAsync("/vehicle/v1/identity?trusts=" + Fingerprints(trust));
            Assert.False((await response.JsonAsync()).GetProperty("renew").GetBoolean());
            Assert.DoesNotContain(vehicle, await StatusAsync(hub), StringComparison.Ordinal);
            if (vehicle == "away-1") link = hub.LinkOf(vehicle, answer, answer.GetProperty("certificate").GetString()!, key.ExportPkcs8PrivateKeyPem());
        }

        Assert.Equal(0, await CommandAsync(hub, "authority", "retire"));
        await Eventually.TrueAsync(() => authority.Generations.Count == 1, "the running hub has taken notice");
        await Eventually.TrueAsync(async () => await RefusesAsync(awayLink), "what the old authority signed is worth nothing");
        await using var back = await BrokerHost.ConnectAsync(link);
        Assert.True(back.IsConnected);
    }

    [Fact]
    public void What_the_new_authority_signs_is_checked_by_the_old_one_alone_and_not_after_it_is_retired()
    {
        var folder = Directory.CreateTempSubdirectory("field-authority-").FullName;
        try
        {
            using var authority = CertificateAuthority.Open(folder, new EnrolmentOptions(), TimeProvider.System);
            var old = authority.AuthorityPem;
            authority.EnsureServer();
            Assert.True(Leads(authority, old));
            authority.Renew();
            Assert.True(authority.EnsureServer());
            Assert.False(authority.EnsureServer());
            Assert.True(Leads(authority, old));
            Assert.True(Leads(authority, authority.Generations[^1].Pem));
            Assert.Throws<InvalidOperationException>(authority.Renew);
            authority.Retire();
            Assert.True(authority.EnsureServer());
            Assert.False(Leads(authority, old));
            Assert.Throws<InvalidOperationException>(authority.Retire);
            using var opened = CertificateAuthority.Open(folder, new EnrolmentOptions(), TimeProvider.System);
            Assert.Equal(authority.AuthorityPem, opened.AuthorityPem);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Leads(CertificateAuthority authority, string trust)
    {
        var shown = new X509Certificate2Collection();
        shown.ImportFromPemFile(authority.ServerCertificateFile);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(trust);
        chain.ChainPolicy.ExtraStore.AddRange(shown);
        return chain.Build(shown[0]);
    }

    private static HttpClient Open(BrokerHost hub, X509Certificate2 own) => DoorClient.Open(hub.Door, hub.Services.GetRequiredService<CertificateAuthority>().AuthorityPem, own);

    private static async Task<JsonElement> RenewAsync(HttpClient vehicle, ECDsa key)
    {
        using var response = await vehicle.PostJsonAsync("/vehicle/v1/certificate", new { csr = DoorClient.Csr(key) });
        return await response.JsonAsync();
    }

    private static async Task<HttpStatusCode> LookAsync(HttpClient vehicle)
    {
        using var response = await vehicle.FetchAsync("/vehicle/v1/identity");
        return response.StatusCode;
    }

    private static async Task<bool> RefusesAsync(LinkOptions link)
    {
        await using var session = MqttPublisher.Start(link, TimeProvider.System);
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await foreach (var change in session.Events(late.Token)) return !change.Connected;
        return false;
    }

    private static X509Certificate2Collection Certificates(string pem)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return all;
    }

    private static string Fingerprints(string pem) => string.Join(',', Certificates(pem).Select(c => c.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()));

    private static async Task<string> StatusAsync(BrokerHost hub)
    {
        using var text = new StringWriter();
        Assert.Equal(0, await CommandAsync(hub, text, "authority", "status"));
        return text.ToString();
    }

    private static Task<int> CommandAsync(BrokerHost hub, params string[] args) => CommandAsync(hub, TextWriter.Null, args);

    private static Task<int> CommandAsync(BrokerHost hub, TextWriter output, params string[] args) => EnrolmentCommand.RunAsync(
        args, _ => new EnrolmentContext(TestStorage.Options(hub.Folder), hub.Services.GetRequiredService<EnrolmentOptions>(), "cambridge-ma"), output, TextWriter.Null, isTerminal: false);
}
