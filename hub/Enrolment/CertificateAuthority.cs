using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// The installation's own certificate authority (ECDSA P-256), in <c>ca/</c> of the data folder. It signs the broker's and the
/// door's certificate, the hub's sessions and every vehicle; a certificate's CN is its owner's name at the broker. While one
/// authority takes over from another there are two: the newer signs, both are trusted.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    // Nothing outside trusts it, so it lives as long as an installation may.
    private const int AuthorityYears = 20;
    private const string EndOfCertificate = "-----END CERTIFICATE-----";

    // A vehicle's clock may be behind by this much and still accept what was issued just now.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly string folder;
    private readonly EnrolmentOptions options;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private volatile IReadOnlyList<AuthorityGeneration> generations;
    private SslStreamCertificateContext? chain;
    private long chainMade;

    private CertificateAuthority(string folder, EnrolmentOptions options, TimeProvider time, IReadOnlyList<AuthorityGeneration> generations) =>
        (this.folder, this.options, this.time, this.generations) = (folder, options, time, generations);

    /// <summary>Certificates of all authorities that are trusted, PEM.</summary>
    public string AuthorityFile => Path.Combine(folder, "trust.crt");

    /// <summary>The server's certificate, and behind it what leads to an older authority.</summary>
    public string ServerCertificateFile => Path.Combine(folder, "server.crt");

    public string ServerKeyFile => Path.Combine(folder, "server.key");

    public string Folder => folder;

    /// <summary>What a vehicle must trust: the newest authority first.</summary>
    public string AuthorityPem => string.Join('\n', generations.Reverse().Select(g => g.Pem)) + "\n";

    /// <summary>SHA-256 of the newest authority's certificate.</summary>
    public byte[] Fingerprint => generations[^1].Certificate.GetCertHash(HashAlgorithmName.SHA256);

    /// <summary>The authorities, the oldest first.</summary>
    internal IReadOnlyList<AuthorityGeneration> Generations => generations;

    /// <summary>Opens the authority of a data folder; makes it the first time.</summary>
    /// <exception cref="InvalidOperationException">One of its two files is missing: it must come back from a backup.</exception>
    public static CertificateAuthority Open(string dataFolder, EnrolmentOptions options, TimeProvider time)
    {
        var folder = Storage.DataFolder.Create(Path.Combine(dataFolder, "ca"));
        var all = AuthorityGeneration.All(folder);
        if (all.Count == 0)
        {
            AuthorityGeneration.Found(folder, null, time.GetUtcNow() - ClockSlack, time.GetUtcNow().AddYears(AuthorityYears));
            all = AuthorityGeneration.All(folder);
        }

        var authority = new CertificateAuthority(folder, options, time, all);
        authority.WriteTrust();
        return authority;
    }

    /// <summary>Reads the folder again when a command has changed it.</summary>
    /// <returns>True when the authorities are others than before.</returns>
    public bool Reload()
    {
        lock (gate)
        {
            var now = AuthorityGeneration.All(folder);
            if (now.Count == 0 || now.Select(g => (g.Fingerprint, g.CrossPem)).SequenceEqual(generations.Select(g => (g.Fingerprint, g.CrossPem))))
            {
                foreach (var same in now) same.Dispose();
                return false;
            }

            // The old ones are left to the collector: a handshake may be using them.
            generations = now;
            chain = null;
            WriteTrust();
            return true;
        }
    }

    /// <summary>Makes an authority that takes over from the present one. Both are trusted until <see cref="Retire"/>.</summary>
    /// <exception cref="InvalidOperationException">Two are there already.</exception>
    public void Renew()
    {
        lock (gate)
        {
            if (generations.Count > 1) throw new InvalidOperationException("an authority is being taken over already: see field-hub authority status, then field-hub authority retire");
            AuthorityGeneration.Found(folder, generations[^1], time.GetUtcNow() - ClockSlack, time.GetUtcNow().AddYears(AuthorityYears));
        }

        Reload();
    }

    /// <summary>Ends the older authority: what it signed is worth nothing any more.</summary>
    /// <exception cref="InvalidOperationException">There is only one.</exception>
    public void Retire()
    {
        lock (gate)
        {
            if (generations.Count < 2) throw new InvalidOperationException("there is only one authority: field-hub authority renew makes another first");
            generations[0].Retire(folder);
        }

        Reload();
    }

    /// <summary>True for a certificate that this authority issued, whatever the time: it says who, not whether it may still connect.</summary>
    public bool HasIssued(X509Certificate2 certificate) => generations.Any(g => HasIssued(g, certificate));

    /// <summary>Signs a vehicle's request. The request's own subject and extensions are ignored.</summary>
    /// <param name="csrPem">PKCS#10 request in PEM; its signature must prove that the sender holds the key.</param>
    /// <param name="vehicleId">Becomes the CN.</param>
    /// <exception cref="CryptographicException">Not a request, a wrong signature, or a key that is too weak.</exception>
    public IssuedCertificate Sign(string csrPem, string vehicleId)
    {
        RequireVehicle(vehicleId);
        return Issue(KeyOf(csrPem), vehicleId, time.GetUtcNow().AddDays(options.VehicleDays), server: false);
    }

    /// <summary>The public key of a request, whose holder has proved it.</summary>
    /// <exception cref="CryptographicException">Not a request, a wrong signature, or a key that is too weak.</exception>
    public static PublicKey KeyOf(string csrPem)
    {
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
        return request.PublicKey;
    }

    /// <summary>A certificate in a vehicle's name that lives for minutes: whoever connects with it ends the vehicle's session.</summary>
    public (string Certificate, string Key) SignEnder(string vehicleId, TimeSpan life)
    {
        RequireVehicle(vehicleId);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Issue(PublicOf(key), vehicleId, time.GetUtcNow() + life, server: false).Pem, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A revocation list of every authority, PEM.</summary>
    public string SignLists(IReadOnlyCollection<string> serials, TimeSpan life)
    {
        var now = time.GetUtcNow();
        return string.Join('\n', generations.Select(g => g.SignList(serials, now - ClockSlack, now + life))) + "\n";
    }

    /// <summary>Makes the server's certificate if it is missing, near its end, for other names, or of an older authority.</summary>
    /// <returns>True when it is new.</returns>
    public bool EnsureServer() => EnsureOwn("server", "localhost", server: true);

    /// <summary>What the door shows.</summary>
    public SslStreamCertificateContext ServerChain()
    {
        lock (gate)
        {
            if (chain is { } made && time.GetElapsedTime(chainMade) < BetweenLooks) return made;
            EnsureServer();
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(ServerCertificateFile);
            var leaf = X509Certificate2.CreateFromPemFile(ServerCertificateFile, ServerKeyFile);
            all.RemoveAt(0);
            chainMade = time.GetTimestamp();
            return chain = SslStreamCertificateContext.Create(leaf, all, offline: true);
        }
    }

    /// <summary>Certificate and key of one of the hub's own sessions, made when missing or near its end.</summary>
    /// <param name="session">Its name at the broker: <c>hub</c> or <c>hub-…</c>.</param>
    public TlsOptions EnsureSession(string session)
    {
        if (!IsOwnName(session)) throw new ArgumentException($"'{session}' is not a name of the hub's", nameof(session));
        EnsureOwn(session, session, server: false);
        return new TlsOptions(AuthorityFile, Path.Combine(folder, session + ".crt"), Path.Combine(folder, session + ".key"));
    }

    public void Dispose()
    {
        foreach (var generation in generations) generation.Dispose();
    }

    private static bool IsOwnName(string name) => name == "hub" || name.StartsWith("hub-", StringComparison.Ordinal);

    private static void RequireVehicle(string id)
    {
        Identifier.Require(id, "vehicle id");
        if (IsOwnName(id)) throw new ArgumentException($"'{id}' names the hub itself", nameof(id));
    }

    private static bool HasIssued(AuthorityGeneration generation, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(generation.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        // A stranger's certificate may name an address to fetch its issuer from.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    private static bool IsStrongEnough(PublicKey key)
    {
        using var elliptic = key.GetECDsaPublicKey();
        using var rsa = key.GetRSAPublicKey();
        return elliptic?.KeySize >= 256 || rsa?.KeySize >= 2_048;
    }

    private static PublicKey PublicOf(ECDsa key) => new CertificateRequest("", key, HashAlgorithmName.SHA256).PublicKey;

    private void WriteTrust()
    {
        var pem = AuthorityPem;
        if (!File.Exists(AuthorityFile) || File.ReadAllText(AuthorityFile) != pem) PrivateFile.Write(AuthorityFile, pem);
    }

    private bool EnsureOwn(string file, string name, bool server)
    {
        lock (gate)
        {
            var (certificateFile, keyFile) = (Path.Combine(folder, file + ".crt"), Path.Combine(folder, file + ".key"));
            var cross = server ? generations[^1].CrossPem ?? "" : "";
            if (File.Exists(keyFile) && IsCurrent(certificateFile, server, cross)) return false;
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var issued = Issue(PublicOf(key), name, time.GetUtcNow().AddDays(options.ServerDays), server);
            PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
            PrivateFile.Write(certificateFile, cross.Length > 0 ? issued.Pem + "\n" + cross + "\n" : issued.Pem);
            return true;
        }
    }

    private bool IsCurrent(string file, bool server, string cross)
    {
        if (!File.Exists(file)) return false;
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        if (certificate.NotAfter.ToUniversalTime() < time.GetUtcNow().AddDays(options.RenewDays).UtcDateTime) return false;
        if (!HasIssued(generations[^1], certificate)) return false;
        if (!server) return true;
        var text = File.ReadAllText(file);
        return text[(text.IndexOf(EndOfCertificate, StringComparison.Ordinal) + EndOfCertificate.Length)..].Trim() == cross.Trim()
            && certificate.Extensions.Any(e => e.Oid?.Value == Names().Oid?.Value && e.RawData.AsSpan().SequenceEqual(Names().RawData));
    }

    private IssuedCertificate Issue(PublicKey key, string name, DateTimeOffset until, bool server)
    {
        var purpose = new X509EnhancedKeyUsageExtension([server ? ExtendedKeyUsage.Server : ExtendedKeyUsage.Client], false);
        return generations[^1].Sign(key, name, server ? [purpose, Names()] : [purpose], time.GetUtcNow() - ClockSlack, until);
    }

    private X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in options.ServerNames.Append(options.DoorHost).Prepend("127.0.0.1").Prepend("localhost").Distinct(StringComparer.OrdinalIgnoreCase))
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
