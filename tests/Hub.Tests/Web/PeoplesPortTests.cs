using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Enrolment;
using ThreeOneOne.Field.Hub.Web;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Web;

public sealed class PeoplesPortTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-tls-").FullName;
    private readonly TestCertificates certificates = new();

    public void Dispose()
    {
        certificates.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_https_alone_and_cookies_are_tied_to_it()
    {
        var (certificate, key) = Write();
        await using var hub = await RealHub.StartAsync(settings: s => (s.Tls.CertificateFile, s.Tls.KeyFile) = (certificate, key));
        Assert.Equal("https", hub.Address.Scheme);
        using var client = Trusting(hub.Address);
        using var refused = await client.PostJsonAsync("/api/session", new { name = "x", password = "y" });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Strict-Transport-Security"));
        using var named = new HttpRequestMessage(HttpMethod.Get, new Uri("/healthz", UriKind.Relative));
        named.Headers.Host = "hub.example.gov";
        using var answer = await client.SendAsync(named);
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
        using var plain = new HttpClient { BaseAddress = new UriBuilder(hub.Address) { Scheme = "http" }.Uri };
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.FetchAsync("/healthz"));
    }

#pragma warning disable SYSLIB0039, CA5359, CA5397, CA5398 // What is tried is the protocol, whatever the certificate.
    [Theory]
    [InlineData(SslProtocols.Tls11, false)]
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task Only_tls_1_2_and_newer_is_spoken(SslProtocols protocol, bool spoken)
    {
        var (certificate, key) = Write();
        await using var hub = await RealHub.StartAsync(settings: s => (s.Tls.CertificateFile, s.Tls.KeyFile) = (certificate, key));
        using var client = new TcpClient();
        await client.ConnectAsync(hub.Address.Host, hub.Address.Port);
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        var handshake = () => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = protocol });
        if (spoken) await handshake();
        else await Assert.ThrowsAnyAsync<Exception>(handshake);
    }
#pragma warning restore SYSLIB0039, CA5359, CA5397, CA5398

    [Fact]
    public async Task A_session_over_https_has_a_cookie_that_only_https_sends()
    {
        var (certificate, key) = Write();
        await using var hub = await RealHub.StartAsync(settings: s => (s.Tls.CertificateFile, s.Tls.KeyFile) = (certificate, key));
        using var client = Trusting(hub.Address);
        using var opened = await client.PostJsonAsync("/api/session/link", new { token = await LinkAsync(hub) });
        var cookie = opened.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-field_session=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_plain_port_leads_a_look_to_https_and_takes_nothing()
    {
        var (certificate, key) = Write();
        var plainPort = FreePort.Next();
        await using var hub = await RealHub.StartAsync(settings: s => (s.Tls.CertificateFile, s.Tls.KeyFile, s.Tls.RedirectPort, s.Access.PublicUrl) = (certificate, key, plainPort, "https://hub.example.gov"));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{plainPort}") };
        using var led = await client.FetchAsync("/requests?open=1");
        Assert.Equal(HttpStatusCode.PermanentRedirect, led.StatusCode);
        Assert.StartsWith("default-src 'none'", led.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("https://hub.example.gov/requests?open=1", led.Headers.Location?.OriginalString);
        using var sent = await client.PostJsonAsync("/api/session", new { name = "x", password = "y" });
        Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
    }

    [Fact]
    public void A_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not()
    {
        var clock = new TestClock();
        var (certificate, key) = Write(Years(clock, 0), Years(clock, 1));
        using var log = new Lines();
        var held = new PeoplesCertificate(new TlsOptions { CertificateFile = certificate, KeyFile = key }, clock, log);
        var first = held.Current.TargetCertificate.Thumbprint;

        File.WriteAllText(certificate, "half of a file");
        Touch(certificate, 1);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(first, held.Current.TargetCertificate.Thumbprint);
        Assert.Contains(log.Text, t => t.Contains("holds no certificate", StringComparison.Ordinal));

        Write(Years(clock, 0), Years(clock, 2));
        Touch(certificate, 2);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.NotEqual(first, held.Current.TargetCertificate.Thumbprint);
    }

    [Fact]
    public void What_is_wrong_with_a_certificate_is_said_in_a_sentence()
    {
        var clock = new TestClock();
        string Said(Action<string, string> spoil, DateTimeOffset? from = null, DateTimeOffset? until = null)
        {
            var (certificate, key) = Write(from ?? Years(clock, 0), until ?? Years(clock, 1));
            spoil(certificate, key);
            using var log = new Lines();
            return Assert.Throws<InvalidOperationException>(() => new PeoplesCertificate(new TlsOptions { CertificateFile = certificate, KeyFile = key }, clock, log)).Message;
        }

        Assert.Contains("cannot be read", Said((c, _) => File.Delete(c)), StringComparison.Ordinal);
        Assert.Contains("Tls:KeyFile", Said((_, k) => File.Delete(k)), StringComparison.Ordinal);
        Assert.Contains("holds no certificate", Said((c, _) => File.WriteAllText(c, "no PEM")), StringComparison.Ordinal);
        Assert.Contains("is not the private key", Said((_, k) => File.WriteAllText(k, certificates.ServerFiles()["server.key"])), StringComparison.Ordinal);
        Assert.Contains("is not the private key", Said((_, k) => File.WriteAllText(k, "no key")), StringComparison.Ordinal);
        Assert.Contains("locked with a password", Said((_, k) => File.WriteAllText(k, "-----BEGIN ENCRYPTED PRIVATE KEY-----")), StringComparison.Ordinal);
        Assert.Contains("expired on", Said((_, _) => { }, Years(clock, -2), Years(clock, -1)), StringComparison.Ordinal);
        Assert.Contains("begins only on", Said((_, _) => { }, Years(clock, 1), Years(clock, 2)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "", false, "", true)]
    [InlineData("::1", "", false, "", true)]
    [InlineData("0.0.0.0", "", false, "", false)]
    [InlineData("::", "", false, "", false)]
    [InlineData("192.0.2.5", "", false, "", false)]
    [InlineData("192.0.2.5", "cert.pem", false, "", true)]
    [InlineData("192.0.2.5", "", true, "", true)]
    [InlineData("192.0.2.5", "", false, "192.0.2.9", true)]
    public void Beyond_this_machine_it_wants_tls_or_a_proxy_or_plain_words(string address, string certificate, bool plain, string proxy, bool serves)
    {
        var fault = PeoplesPort.Fault(
            new HubOptions { Address = address }, new TlsOptions { CertificateFile = certificate, KeyFile = certificate, PlainBeyondLoopback = plain }, new AccessOptions { Proxies = proxy.Length > 0 ? [proxy] : [] });
        Assert.Equal(serves, fault is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.1")]
    public async Task What_a_proxy_that_nobody_named_passes_on_is_refused_and_said(string proxy)
    {
        using var logs = new KeptLog();
        await using var hub = await RealHub.StartAsync(
            settings: s => s.Access.Proxies = proxy.Length > 0 ? [proxy] : [], services: s => s.AddLogging(l => l.AddProvider(logs)));
        using var nobody = hub.Client();
        foreach (var header in (string[])["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
            request.Headers.Add(header, "198.51.100.1");
            using var answer = await nobody.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("Access:Proxies", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        }

        Assert.Single(logs.All.Split('\n'), l => l.StartsWith("Calls that 127.0.0.1 passed on are refused", StringComparison.Ordinal));
        // A dashboard's server passes its own user's address on, with a key.
        using var program = await hub.WithKeyAsync("read-only");
        program.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");
        Assert.Equal(HttpStatusCode.OK, (await program.FetchAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task A_named_proxy_is_believed_where_a_call_comes_from()
    {
        const string proxy = "127.0.0.0/8";
        const string cookie = "__Host-field_session";
        await using var hub = await RealHub.StartAsync(settings: s =>
        {
            s.Access.SignInFailuresPerAddress = 8;
            s.Access.Proxies = [proxy];
        });
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub.Address };
        async Task<HttpResponseMessage> SignInAsync(string from, string path, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = System.Net.Http.Json.JsonContent.Create(body) };
            request.Headers.Add("X-Forwarded-For", from);
            request.Headers.Add("X-Forwarded-Proto", "https");
            return await client.SendAsync(request);
        }

        using var opened = await SignInAsync("198.51.100.77", "/api/session/link", new { token = await LinkAsync(hub) });
        Assert.StartsWith(cookie + "=", opened.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        for (var i = 0; i < 8; i++)
        {
            using var wrong = await SignInAsync("198.51.100.1", "/api/session", new { name = $"p{i}", password = "wrong" });
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var again = await SignInAsync("198.51.100.1", "/api/session", new { name = "p8", password = "wrong" });
        Assert.Equal(HttpStatusCode.TooManyRequests, again.StatusCode);
        using var other = await SignInAsync("198.51.100.2", "/api/session", new { name = "p9", password = "wrong" });
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public async Task Whoever_sends_a_request_drop_by_drop_is_cut_off()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(hub.Address.Host, hub.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"));
        using var body = new TcpClient();
        await body.ConnectAsync(hub.Address.Host, hub.Address.Port);
        await using var head = body.GetStream();
        await head.WriteAsync("GET /healthz HTTP/1.1\r\nHost: loc"u8.ToArray());
        foreach (var each in (NetworkStream[])[stream, head])
        {
            var buffer = new byte[4_096];
            using var late = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            var length = await each.ReadAsync(buffer, late.Token);
            Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(buffer, 0, length), StringComparison.Ordinal);
        }
    }

    private static Task<string> LinkAsync(RealHub hub)
    {
        var database = (Hub.Storage.Database)hub.Services.GetService(typeof(Hub.Storage.Database))!;
        return database.WriteAsync(scope => InvitePerson.Do(scope, Actor.Console, "Ada", "city-it", TimeSpan.FromHours(1)).Token, Hub.Storage.WritePriority.Interactive, default);
    }

    private static DateTimeOffset Years(TestClock clock, int years) => clock.GetUtcNow().AddYears(years).AddHours(-1);

    private static void Touch(string file, int seconds) => File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(seconds));

    private (string Certificate, string Key) Write(DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var files = certificates.ServerFiles(from: from, until: until);
        var (certificate, key) = (Path.Combine(folder, "hub.pem"), Path.Combine(folder, "hub.key"));
        File.WriteAllText(certificate, files["server.crt"] + "\n" + files["ca.crt"]);
        File.WriteAllText(key, files["server.key"]);
        return (certificate, key);
    }

    private HttpClient Trusting(Uri address)
    {
        var authority = X509Certificate2.CreateFromPem(certificates.ServerFiles()["ca.crt"]);
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                // One test calls the hub by another name.
                RemoteCertificateValidationCallback = (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck },
            },
        })
        { BaseAddress = address };
    }
}
