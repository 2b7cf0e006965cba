using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// One authority of the installation: usually there is one, and two while one takes over from the other. Files <c>ca.crt</c>
/// and <c>ca.key</c>, from the second on <c>ca-2.crt</c>, <c>ca-2.key</c> and <c>ca-2-by-1.crt</c>: the same authority signed by
/// the one before it, so that whoever trusts only that one can still check what the new one signs.
/// </summary>
internal sealed partial class AuthorityGeneration : IDisposable
{
    private const int SerialBytes = 16;

    private AuthorityGeneration(int number, X509Certificate2 certificate, string? crossPem) =>
        (Number, Certificate, CrossPem) = (number, certificate, crossPem);

    public int Number { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>This authority's certificate signed by the one before it; null for the first, and when that one is retired.</summary>
    public string? CrossPem { get; }

    public string Pem => Certificate.ExportCertificatePem();

    /// <summary>SHA-256 of the certificate, hexadecimal.</summary>
    public string Fingerprint => Certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    /// <summary>Every authority of a folder, the oldest first.</summary>
    /// <exception cref="InvalidOperationException">One of the two files of an authority is missing.</exception>
    public static IReadOnlyList<AuthorityGeneration> All(string folder)
    {
        var numbers = Directory.EnumerateFiles(folder).Select(f => Name().Match(Path.GetFileName(f))).Where(m => m.Success)
            .Select(m => m.Groups["n"].Success ? int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture) : 1).Distinct().Order().ToList();
        foreach (var number in numbers) FinishRetiring(folder, number);
        return [.. numbers.Select(n => Open(folder, n)).OfType<AuthorityGeneration>()];
    }

    /// <summary>Makes the first authority, or one that takes over from <paramref name="before"/>.</summary>
    public static void Found(string folder, AuthorityGeneration? before, DateTimeOffset from, DateTimeOffset until)
    {
        var number = (before?.Number ?? 0) + 1;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(number == 1 ? "CN=ThreeOneOne.Field hub" : $"CN=ThreeOneOne.Field hub {number}", key, HashAlgorithmName.SHA256);
        // One below it: the authority that takes over one day.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 1, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(from, until);
        // The certificate last: a running hub looks for it.
        PrivateFile.Write(KeyFile(folder, number), key.ExportPkcs8PrivateKeyPem());
        if (before is not null)
        {
            using var signer = before.Certificate.GetECDsaPrivateKey()!;
            var cross = new CertificateRequest(certificate.SubjectName, certificate.PublicKey, HashAlgorithmName.SHA256);
            foreach (var extension in certificate.Extensions) cross.CertificateExtensions.Add(extension);
            var end = until < before.Certificate.NotAfter ? until : before.Certificate.NotAfter;
            using var signed = cross.Create(before.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), from, end, NewSerial());
            PrivateFile.Write(CrossFile(folder, number), signed.ExportCertificatePem());
        }

        PrivateFile.Write(CertificateFile(folder, number), certificate.ExportCertificatePem());
    }

    /// <summary>Takes this authority's files away; its certificate stays under another name, for who asks what it was.</summary>
    public void Retire(string folder)
    {
        File.Move(CertificateFile(folder, Number), RetiredFile(folder, Number), overwrite: true);
        DurableFolder.Sync(folder);
        FinishRetiring(folder, Number);
    }

    /// <summary>Signs a certificate for a public key.</summary>
    public IssuedCertificate Sign(PublicKey key, string name, IEnumerable<X509Extension> extensions, DateTimeOffset from, DateTimeOffset until)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        foreach (var extension in extensions) request.CertificateExtensions.Add(extension);
        if (until > Certificate.NotAfter) until = Certificate.NotAfter;
        using var signer = Certificate.GetECDsaPrivateKey()!;
        using var certificate = request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), from, until, NewSerial());
        return new IssuedCertificate(certificate.ExportCertificatePem(), certificate.SerialNumber, until, HashOf(key));
    }

    /// <summary>The list of revoked serial numbers, PEM.</summary>
    public string SignList(IEnumerable<string> serials, DateTimeOffset now, DateTimeOffset next)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var serial in serials) list.AddEntry(Convert.FromHexString(serial), now);
        using var signer = Certificate.GetECDsaPrivateKey()!;
        var bytes = list.Build(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), now.ToUnixTimeMilliseconds(), next, HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false), now);
        return PemEncoding.WriteString("X509 CRL", bytes);
    }

    public void Dispose() => Certificate.Dispose();

    /// <summary>SHA-256 of a public key, hexadecimal.</summary>
    public static string HashOf(PublicKey key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    // Also after a power cut in the midst of it: what is left is worth nothing without the certificate.
    private static void FinishRetiring(string folder, int number)
    {
        if (File.Exists(CertificateFile(folder, number)) || !File.Exists(RetiredFile(folder, number))) return;
        // The key last: by it the rest is found.
        File.Delete(CrossFile(folder, number + 1));
        DurableFolder.Sync(folder);
        File.Delete(KeyFile(folder, number));
    }

    private static AuthorityGeneration? Open(string folder, int number)
    {
        var (certificateFile, keyFile, crossFile) = (CertificateFile(folder, number), KeyFile(folder, number), CrossFile(folder, number));
        var (hasCertificate, hasKey) = (File.Exists(certificateFile), File.Exists(keyFile));
        // A new authority's key comes first: one without a certificate is half made, and made anew next time.
        if (!hasCertificate && (number > 1 || !hasKey)) return null;
        if (hasCertificate != hasKey)
        {
            throw new InvalidOperationException(
                $"{folder} holds only one of {Path.GetFileName(certificateFile)} and {Path.GetFileName(keyFile)}: restore both from a backup, or remove both and enrol every vehicle again");
        }

        return new AuthorityGeneration(number, X509Certificate2.CreateFromPemFile(certificateFile, keyFile), File.Exists(crossFile) ? File.ReadAllText(crossFile) : null);
    }

    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        // Positive, and of one length.
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }

    private static string CertificateFile(string folder, int number) => Path.Combine(folder, number == 1 ? "ca.crt" : $"ca-{number}.crt");

    private static string RetiredFile(string folder, int number) => Path.Combine(folder, $"retired-{number}.crt");

    private static string KeyFile(string folder, int number) => Path.Combine(folder, number == 1 ? "ca.key" : $"ca-{number}.key");

    private static string CrossFile(string folder, int number) => Path.Combine(folder, $"ca-{number}-by-{number - 1}.crt");

    [GeneratedRegex(@"^ca(-(?<n>\d{1,4}))?\.(crt|key)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
