using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>A vehicle's name at the broker, with the files that prove it.</summary>
/// <param name="Id">The vehicle's id.</param>
/// <param name="Tls">Its certificate and key.</param>
public sealed record Identity(string Id, TlsOptions Tls)
{
    /// <summary>Registers a vehicle and asks the hub for its certificate, as a technician does.</summary>
    public static async Task<Identity> EnrolAsync(HubApi api, string folder, string id, string kind, CancellationToken stop)
    {
        await api.PostAsync("api/vehicles", new { id, name = id, kind }, stop).ConfigureAwait(false);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256);
        var answer = await api.PostAsync($"api/vehicles/{id}/certificate", new { csr = request.CreateSigningRequestPem() }, stop).ConfigureAwait(false)
            ?? throw new InvalidDataException($"the hub does not enrol {id}");
        return Write(folder, id, id, answer.GetProperty("ca").GetString()!, answer.GetProperty("certificate").GetString()!, key);
    }

    /// <summary>A certificate for any name by any authority: what a thief of that authority's key could make.</summary>
    /// <param name="authority">Signs it, with its private key.</param>
    /// <param name="trusted">PEM of the authority that the broker is checked against.</param>
    /// <param name="file">Name of its files.</param>
    /// <param name="serial">Its serial number, hexadecimal; null: one of its own.</param>
    public static Identity Make(
        string folder, string file, string id, X509Certificate2 authority, string trusted, DateTimeOffset from, DateTimeOffset until, string? serial = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var signer = authority.GetECDsaPrivateKey() ?? throw new InvalidDataException("the authority has no key");
        using var certificate = request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), from, until, serial is null ? NewSerial() : Convert.FromHexString(serial));
        return Write(folder, file, id, trusted, certificate.ExportCertificatePem(), key);
    }

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPemFile(Tls.CertificateFile!, Tls.KeyFile);

    /// <summary>A session of its own with the broker.</summary>
    public IPublisher Connect(int port, params string[] subscriptions) => MqttPublisher.Start(
        new LinkOptions
        {
            Host = "127.0.0.1", Port = port, ClientId = Id, Tls = Tls, Subscriptions = subscriptions,
            InFlight = 200, PublishTimeout = TimeSpan.FromMinutes(2), MessageQueue = 10_000,
        },
        TimeProvider.System);

    // Positive, as the hub's are.
    private static byte[] NewSerial() => [0x40, .. RandomNumberGenerator.GetBytes(15)];

    private static Identity Write(string folder, string file, string id, string ca, string certificate, ECDsa key)
    {
        string Put(string ending, string text)
        {
            var path = Path.Combine(folder, $"{file}.{ending}");
            DemoFolder.WriteSecret(path, text);
            return path;
        }

        return new Identity(id, new TlsOptions(Put("ca", ca), Put("crt", certificate), Put("key", key.ExportPkcs8PrivateKeyPem())));
    }
}
