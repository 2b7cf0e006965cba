using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Support;

/// <summary>A throw-away certificate authority, a server certificate for loopback, and clients by name.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ServerFolder folder = new("certificates");
    private readonly X509Certificate2 authority;
    private readonly string authorityFile;
    private byte serial;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority = request.CreateSelfSigned(From, Until);
        authorityFile = folder.Write("ca.crt", authority.ExportCertificatePem());
    }

    /// <summary>For <see cref="MosquittoServer.StartAsync(IEnumerable{string}, IReadOnlyDictionary{string, string}?)"/>.</summary>
    /// <param name="name">Host name in it; the default one also names 127.0.0.1.</param>
    /// <param name="from">When it begins; null: long ago.</param>
    /// <param name="until">When it expires; null: far ahead.</param>
    public IReadOnlyDictionary<string, string> ServerFiles(string name = "localhost", DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var (certificate, key) = Sign(name, loopback: name == "localhost", from, until);
        return new Dictionary<string, string> { ["ca.crt"] = authority.ExportCertificatePem(), ["server.crt"] = certificate, ["server.key"] = key };
    }

    /// <summary>A client certificate whose CN is <paramref name="name"/>.</summary>
    /// <inheritdoc cref="ServerFiles"/>
    public TlsOptions Client(string name, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var (certificate, key) = Sign(name, loopback: false, from, until);
        return new TlsOptions(authorityFile, folder.Write($"{name}.crt", certificate), folder.Write($"{name}.key", key));
    }

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    private (string Certificate, string Key) Sign(string name, bool loopback, DateTimeOffset? from, DateTimeOffset? until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (loopback) names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from ?? From.AddDays(1), until ?? Until.AddDays(-1), [1, ++serial]);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
