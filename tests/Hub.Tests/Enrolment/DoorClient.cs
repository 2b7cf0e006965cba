using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Hub.Enrolment;

namespace ThreeOneOne.Field.Hub.Tests.Enrolment;

/// <summary>A vehicle at the door, by the platform's own TLS: trusts the given authorities alone.</summary>
internal static class DoorClient
{
    /// <param name="door">Address of the door.</param>
    /// <param name="authorities">PEM of what is trusted.</param>
    /// <param name="own">The vehicle's certificate with its key; null: none.</param>
    public static HttpClient Open(Uri door, string authorities, X509Certificate2? own = null)
    {
        var options = Trusting(authorities);
        if (own is not null) options.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
        return new HttpClient(new SocketsHttpHandler { SslOptions = options, AllowAutoRedirect = false }) { BaseAddress = door };
    }

    /// <summary>TLS that trusts the given authorities alone.</summary>
    public static SslClientAuthenticationOptions Trusting(string authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(authorities);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    public static string Csr(ECDsa key, string name = "CN=any") => new CertificateRequest(name, key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    public static X509Certificate2 WithKey(string pem, ECDsa key)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>A key, and what an authority signs for it.</summary>
    public static (X509Certificate2 Own, IssuedCertificate Issued) Issue(CertificateAuthority authority, string vehicle)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issued = authority.Sign(Csr(key), vehicle);
        return (WithKey(issued.Pem, key), issued);
    }
}
