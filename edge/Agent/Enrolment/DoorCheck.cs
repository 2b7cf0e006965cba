using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>
/// Verifies the door's certificate as the link verifies the broker's (Decisions/0040): by the pinned authority alone, host name
/// and time, where a certificate that only begins later than the vehicle knows raises what it knows.
/// </summary>
/// <param name="authorities">What is trusted, and nothing else.</param>
/// <param name="verifyAt">The known time, or the latest that has certainly passed.</param>
/// <param name="hasPassed">Told of a later time that a trusted authority signed.</param>
internal sealed class DoorCheck(X509Certificate2Collection authorities, Func<DateTimeOffset> verifyAt, Action<DateTimeOffset> hasPassed)
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";

    /// <param name="host">Name or address that the certificate must name.</param>
    /// <param name="shown">What the door showed.</param>
    /// <param name="sent">The chain that came with it.</param>
    public bool IsGood(string host, X509Certificate? shown, X509Chain? sent)
    {
        if (shown is null) return false;
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        if (!certificate.MatchesHostname(host, allowWildcards: false, allowCommonName: false)) return false;
        var at = verifyAt();
        if (Build(certificate, sent, at, out var begins)) return true;
        if (begins <= at || !Build(certificate, sent, begins, out _)) return false;
        hasPassed(begins);
        return true;
    }

    private bool Build(X509Certificate2 certificate, X509Chain? sent, DateTimeOffset at, out DateTimeOffset begins)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerPurpose));
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        var good = chain.Build(certificate);
        begins = chain.ChainElements.Select(e => new DateTimeOffset(e.Certificate.NotBefore.ToUniversalTime())).DefaultIfEmpty(at).Max();
        return good;
    }
}
