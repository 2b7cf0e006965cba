using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Link;

/// <summary>What a vehicle must know of its own certificate before it connects.</summary>
/// <param name="Name">The subject's common name; empty without one.</param>
/// <param name="Begins">Start of its validity, UTC.</param>
/// <param name="Ends">End of its validity, UTC.</param>
public sealed record LinkCertificate(string Name, DateTimeOffset Begins, DateTimeOffset Ends)
{
    /// <summary>Reads the first certificate of a PEM file.</summary>
    /// <param name="file">The certificate.</param>
    /// <param name="keyFile">When given, its private key without a passphrase, which is checked against it.</param>
    /// <exception cref="InvalidDataException">They cannot be read or do not belong together.</exception>
    public static LinkCertificate Read(string file, string? keyFile = null)
    {
        try
        {
            using var certificate = keyFile is null ? X509CertificateLoader.LoadCertificateFromFile(file) : X509Certificate2.CreateFromPemFile(file, keyFile);
            return new LinkCertificate(
                certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
