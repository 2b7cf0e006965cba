using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// TLS of one attempt to connect: own certificate, and a verification of chain, host name and time at the caller's time.
/// </summary>
internal sealed class TlsCheck : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly TlsOptions options;
    private readonly TimeProvider time;
    private readonly X509Certificate2Collection authorities = [];
    private readonly X509Certificate2? own;

    private TlsCheck(TlsOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        authorities.ImportFromPemFile(options.CaFile);
        own = options.CertificateFile.Length == 0 ? null : X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
    }

    /// <summary>Why the broker's certificate was refused, for a person; null while it was not.</summary>
    public string? Refusal { get; private set; }

    /// <returns>Null when a file cannot be used; <paramref name="wrong"/> says why.</returns>
    public static TlsCheck? Open(TlsOptions options, TimeProvider time, out string? wrong)
    {
        wrong = null;
        try
        {
            return new TlsCheck(options, time);
        }
        catch (Exception e) when (e is IOException or CryptographicException or UnauthorizedAccessException)
        {
            wrong = $"cannot use the TLS files {options.CaFile}, {options.CertificateFile}, {options.KeyFile}: {e.Message}";
            return null;
        }
    }

    public MqttClientTlsOptions ForHost(string host) => new()
    {
        UseTls = true,
        TargetHost = host,
        RevocationMode = X509RevocationMode.NoCheck,
        ClientCertificatesProvider = own is null ? null : new DefaultMqttCertificatesProvider(new X509Certificate2Collection(own)),
        CertificateValidationHandler = IsGood,
    };

    public void Dispose()
    {
        own?.Dispose();
        foreach (var authority in authorities) authority.Dispose();
    }

    private bool IsGood(MqttClientCertificateValidationEventArgs offered)
    {
        if (offered.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return Refuse("there is none");
        if (offered.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return Refuse("it names another host");
        using var certificate = X509CertificateLoader.LoadCertificate(offered.Certificate.GetRawCertData());
        var at = options.VerifyAt?.Invoke() ?? time.GetUtcNow();
        if (Fault(certificate, offered.Chain, at) is not { } fault) return true;
        var begins = new DateTimeOffset(certificate.NotBefore);
        if (begins > at && Fault(certificate, offered.Chain, begins) is null)
        {
            // Everything else is good: an authority that is trusted has seen this time.
            options.BeginsLater?.Invoke(begins);
            return Refuse("certificate is not yet valid");
        }

        return Refuse(certificate.NotAfter < at ? "certificate has expired" : fault);
    }

    private bool Refuse(string why)
    {
        Refusal = why;
        return false;
    }

    private string? Fault(X509Certificate2 certificate, X509Chain offered, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(offered.ChainElements.Select(e => e.Certificate).ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.VerificationTime = at.LocalDateTime;
        return chain.Build(certificate) ? null : string.Join("; ", chain.ChainStatus.Select(s => s.StatusInformation.Trim()));
    }
}
