using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Enrolment;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-ca-").FullName;
    private readonly TestClock clock = new();
    private readonly EnrolmentOptions options = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_request_becomes_a_client_certificate_in_the_vehicles_name_whatever_its_subject_says()
    {
        using var authority = Open();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var issued = authority.Sign(Csr("CN=hub, O=Evil", key), "truck-7");

        using var certificate = X509Certificate2.CreateFromPem(issued.Pem);
        Assert.Equal("CN=truck-7", certificate.Subject);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        var usage = Assert.Single(certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()).EnhancedKeyUsages;
        Assert.Equal("1.3.6.1.5.5.7.3.2", Assert.Single(usage.Cast<Oid>()).Value);
        Assert.False(Assert.Single(certificate.Extensions.OfType<X509BasicConstraintsExtension>()).CertificateAuthority);
        Assert.Equal(clock.GetUtcNow().AddMinutes(-5), certificate.NotBefore.ToUniversalTime(), TimeSpan.FromSeconds(1));
        Assert.Equal(clock.GetUtcNow().AddDays(397), certificate.NotAfter.ToUniversalTime(), TimeSpan.FromSeconds(1));
        Assert.Equal(certificate.SerialNumber, issued.Serial);
        Assert.True(IsTrusted(authority, certificate));
    }

    [Fact]
    public void A_request_with_a_wrong_signature_is_refused()
    {
        using var authority = Open();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var bytes = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        bytes[^1] ^= 1;

        Assert.Throws<CryptographicException>(() => authority.Sign(PemEncoding.WriteString("CERTIFICATE REQUEST", bytes), "truck-7"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no PEM")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----")]
    public void What_is_no_request_is_refused(string text)
    {
        using var authority = Open();
        Assert.Throws<CryptographicException>(() => authority.Sign(text, "truck-7"));
    }

    [Fact]
    public void A_weak_key_is_refused()
    {
        using var authority = Open();
        using var key = RSA.Create(1_024);
        var csr = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem();
        Assert.Throws<CryptographicException>(() => authority.Sign(csr, "truck-7"));
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("hub-durable")]
    [InlineData("Truck/7")]
    public void Nobody_becomes_the_hub_or_a_name_outside_the_rule(string name)
    {
        using var authority = Open();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<ArgumentException>(() => authority.Sign(Csr("CN=x", key), name));
    }

    [Fact]
    public void Keys_are_for_their_owner_alone()
    {
        using var authority = Open();
        authority.EnsureServer();
        authority.EnsureSession("hub-live");
        foreach (var file in Directory.GetFiles(authority.Folder, "*.key"))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(3, Directory.GetFiles(authority.Folder, "*.key").Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(authority.Folder));
    }

    [Fact]
    public void The_servers_certificate_is_renewed_near_its_end_and_for_other_names_only()
    {
        using (var authority = Open())
        {
            Assert.True(authority.EnsureServer());
            Assert.False(authority.EnsureServer());
            clock.Advance(TimeSpan.FromDays(options.ServerDays - options.RenewDays + 1));
            Assert.True(authority.EnsureServer());
        }

        options.ServerNames = ["hub.example.gov", "192.0.2.1"];
        using var again = Open();
        Assert.True(again.EnsureServer());
        Assert.False(again.EnsureServer());
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(again.ServerCertificateFile);
        Assert.True(certificate.MatchesHostname("hub.example.gov"));
        Assert.True(certificate.MatchesHostname("192.0.2.1"));
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(IsTrusted(again, certificate));
    }

    [Fact]
    public void The_authority_stays_the_same_over_restarts()
    {
        using var first = Open();
        using var second = Open();
        Assert.Equal(first.AuthorityPem, second.AuthorityPem);
    }

    [Fact]
    public void Half_an_authority_is_not_replaced_in_silence()
    {
        using (Open())
        {
        }

        File.Delete(Path.Combine(folder, "ca", "ca.key"));
        var e = Assert.Throws<InvalidOperationException>(Open);
        Assert.Contains("restore both from a backup", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_power_cut_in_the_midst_of_retiring_is_made_up_for(bool crossStays)
    {
        var ca = Path.Combine(folder, "ca");
        using (var authority = Open()) authority.Renew();
        File.Move(Path.Combine(ca, "ca.crt"), Path.Combine(ca, "retired-1.crt"));
        if (!crossStays) File.Delete(Path.Combine(ca, "ca-2-by-1.crt"));

        using var after = Open();
        Assert.Equal(2, Assert.Single(after.Generations).Number);
        Assert.Null(after.Generations[0].CrossPem);
        Assert.False(File.Exists(Path.Combine(ca, "ca.key")));
        using var again = Open();
        Assert.Equal(after.AuthorityPem, again.AuthorityPem);
    }

    internal static string Csr(string subject, ECDsa key) => new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    private CertificateAuthority Open() => CertificateAuthority.Open(folder, options, clock);

    private bool IsTrusted(CertificateAuthority authority, X509Certificate2 certificate)
    {
        using var root = X509Certificate2.CreateFromPem(authority.AuthorityPem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        return chain.Build(certificate);
    }
}
