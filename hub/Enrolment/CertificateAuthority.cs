using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// The installation's own certificate authority (ECDSA P-256), in <c>ca/</c> of the data folder. It signs the broker's
/// certificate, the hub's sessions and every vehicle; a certificate's CN is its owner's name at the broker.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    // Nothing outside trusts it, so it lives as long as an installation may.
    private const int AuthorityYears = 20;
    private const int SerialBytes = 16;

    // A vehicle's clock may be behind by this much and still accept what was issued just now.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    private readonly string folder;
    private readonly EnrolmentOptions options;
    private readonly TimeProvider time;
    private readonly X509Certificate2 authority;
    private readonly Lock gate = new();

    private CertificateAuthority(string folder, EnrolmentOptions options, TimeProvider time, X509Certificate2 authority) =>
        (this.folder, this.options, this.time, this.authority) = (folder, options, time, authority);

    public string AuthorityFile => Path.Combine(folder, "ca.crt");

    public string ServerCertificateFile => Path.Combine(folder, "server.crt");

    public string ServerKeyFile => Path.Combine(folder, "server.key");

    public string Folder => folder;

    public string AuthorityPem => authority.ExportCertificatePem();

    /// <summary>Opens the authority of a data folder; makes it the first time.</summary>
    /// <exception cref="InvalidOperationException">One of its two files is missing: it must come back from a backup.</exception>
    public static CertificateAuthority Open(string dataFolder, EnrolmentOptions options, TimeProvider time)
    {
        var folder = Storage.DataFolder.Create(Path.Combine(dataFolder, "ca"));
        var (certificateFile, keyFile) = (Path.Combine(folder, "ca.crt"), Path.Combine(folder, "ca.key"));
        var (hasCertificate, hasKey) = (File.Exists(certificateFile), File.Exists(keyFile));
        if (hasCertificate != hasKey)
        {
            throw new InvalidOperationException(
                $"{folder} holds only one of ca.crt and ca.key: restore both from a backup, or remove both and enrol every vehicle again");
        }

        if (!hasCertificate) Found(certificateFile, keyFile, time);
        return new CertificateAuthority(folder, options, time, X509Certificate2.CreateFromPemFile(certificateFile, keyFile));
    }

    /// <summary>True for a certificate that this authority issued, whatever the time: it says who, not whether it may still connect.</summary>
    public bool HasIssued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        // A stranger's certificate may name an address to fetch its issuer from.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    /// <summary>Signs a vehicle's request. The request's own subject and extensions are ignored.</summary>
    /// <param name="csrPem">PKCS#10 request in PEM; its signature must prove that the sender holds the key.</param>
    /// <param name="vehicleId">Becomes the CN.</param>
    /// <exception cref="CryptographicException">Not a request, a wrong signature, or a key that is too weak.</exception>
    public IssuedCertificate Sign(string csrPem, string vehicleId)
    {
        Identifier.Require(vehicleId, "vehicle id");
        if (IsOwnName(vehicleId)) throw new ArgumentException($"'{vehicleId}' names the hub itself", nameof(vehicleId));
        CertificateRequest request;
        try
        {
            request = CertificateRequest.LoadSigningRequestPem(csrPem, HashAlgorithmName.SHA256);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("no PEM block CERTIFICATE REQUEST", e);
        }

        if (!IsStrongEnough(request.PublicKey)) throw new CryptographicException("expected an EC key of 256 bits or an RSA key of 2048 bits or more");
        return Issue(request.PublicKey, vehicleId, options.VehicleDays, server: false);
    }

    /// <summary>Makes the broker's certificate if it is missing, near its end, or for other names.</summary>
    /// <returns>True when it is new.</returns>
    public bool EnsureServer() => EnsureOwn("server", "localhost", server: true);

    /// <summary>Certificate and key of one of the hub's own sessions, made when missing or near its end.</summary>
    /// <param name="session">Its name at the broker: <c>hub</c> or <c>hub-…</c>.</param>
    public TlsOptions EnsureSession(string session)
    {
        if (!IsOwnName(session)) throw new ArgumentException($"'{session}' is not a name of the hub's", nameof(session));
        EnsureOwn(session, session, server: false);
        return new TlsOptions(AuthorityFile, Path.Combine(folder, session + ".crt"), Path.Combine(folder, session + ".key"));
    }

    public void Dispose() => authority.Dispose();

    private static bool IsOwnName(string name) => name == "hub" || name.StartsWith("hub-", StringComparison.Ordinal);

    private static void Found(string certificateFile, string keyFile, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ThreeOneOne.Field hub", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - ClockSlack, now.AddYears(AuthorityYears));
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(certificateFile, certificate.ExportCertificatePem());
    }

    private static bool IsStrongEnough(PublicKey key)
    {
        using var elliptic = key.GetECDsaPublicKey();
        using var rsa = key.GetRSAPublicKey();
        return elliptic?.KeySize >= 256 || rsa?.KeySize >= 2_048;
    }

    private bool EnsureOwn(string file, string name, bool server)
    {
        lock (gate)
        {
            var (certificateFile, keyFile) = (Path.Combine(folder, file + ".crt"), Path.Combine(folder, file + ".key"));
            if (File.Exists(keyFile) && IsCurrent(certificateFile, server)) return false;
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var issued = Issue(new CertificateRequest("", key, HashAlgorithmName.SHA256).PublicKey, name, options.ServerDays, server);
            PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
            PrivateFile.Write(certificateFile, issued.Pem);
            return true;
        }
    }

    private bool IsCurrent(string file, bool server)
    {
        if (!File.Exists(file)) return false;
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        if (certificate.NotAfter.ToUniversalTime() < time.GetUtcNow().AddDays(options.RenewDays).UtcDateTime) return false;
        if (!certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData)) return false;
        return !server || certificate.Extensions.Any(e => e.Oid?.Value == Names().Oid?.Value && e.RawData.AsSpan().SequenceEqual(Names().RawData));
    }

    private IssuedCertificate Issue(PublicKey key, string name, int days, bool server)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([server ? ExtendedKeyUsage.Server : ExtendedKeyUsage.Client], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        if (server) request.CertificateExtensions.Add(Names());
        var now = time.GetUtcNow();
        var end = now.AddDays(days);
        if (end > authority.NotAfter) end = authority.NotAfter;
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] &= 0x7F;
        using var signer = authority.GetECDsaPrivateKey()!;
        using var certificate = request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), now - ClockSlack, end, serial);
        return new IssuedCertificate(certificate.ExportCertificatePem(), certificate.SerialNumber, end);
    }

    private X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in options.ServerNames.Prepend("127.0.0.1").Prepend("localhost").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (System.Net.IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(name);
        }

        return names.Build();
    }

    private static class ExtendedKeyUsage
    {
        public static readonly Oid Server = new("1.3.6.1.5.5.7.3.1");
        public static readonly Oid Client = new("1.3.6.1.5.5.7.3.2");
    }
}
