using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Link;

public sealed class LinkCertificateTests : IDisposable
{
    private readonly TestCertificates certificates = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        certificates.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void It_says_name_and_validity_as_the_platform_reads_them()
    {
        var tls = certificates.Client("truck-7");
        foreach (var file in new[] { tls.CertificateFile, tls.CaFile })
        {
            using var expected = X509CertificateLoader.LoadCertificateFromFile(file);
            var read = LinkCertificate.Read(file);
            Assert.Equal(expected.GetNameInfo(X509NameType.SimpleName, forIssuer: false), read.Name);
            Assert.Equal(expected.NotBefore.ToUniversalTime(), read.Begins.UtcDateTime);
            Assert.Equal(expected.NotAfter.ToUniversalTime(), read.Ends.UtcDateTime);
        }

        Assert.Equal("truck-7", LinkCertificate.Read(tls.CertificateFile, tls.KeyFile).Name);
    }

    [Fact]
    public void A_key_of_another_one_a_locked_key_and_what_is_no_certificate_are_refused()
    {
        var seven = certificates.Client("truck-7");
        var locked = folder["locked.key"];
        using (var key = ECDsa.Create())
        {
            key.ImportFromPem(File.ReadAllText(seven.KeyFile));
            File.WriteAllText(locked, key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000)));
        }

        Assert.Throws<InvalidDataException>(() => LinkCertificate.Read(seven.CertificateFile, certificates.Client("truck-8").KeyFile));
        Assert.Throws<InvalidDataException>(() => LinkCertificate.Read(seven.CertificateFile, locked));
        Assert.Throws<InvalidDataException>(() => LinkCertificate.Read(seven.KeyFile));
        Assert.Throws<InvalidDataException>(() => LinkCertificate.Read(folder["missing.crt"]));
        Assert.Equal("truck-7", LinkCertificate.Read(seven.CertificateFile).Name);
    }
}
