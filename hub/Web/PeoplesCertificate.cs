using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>
/// The certificate of the people's port, by its files. Looks at them again at handshakes, at most once in ten seconds: what renews
/// it needs to tell nobody. A new one that cannot be used is logged, and the old one stays.
/// </summary>
internal sealed class PeoplesCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromDays(1);

    private readonly TlsOptions options;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private SslStreamCertificateContext context;
    private (DateTime, DateTime) written;
    private DateTimeOffset looked;
    private DateTimeOffset warned;

    /// <exception cref="InvalidOperationException">It cannot be used; the message says why.</exception>
    public PeoplesCertificate(TlsOptions options, TimeProvider time, ILogger log)
    {
        (this.options, this.time, this.log) = (options, time, log);
        (looked, written) = (time.GetUtcNow(), Written());
        context = Read();
        Note();
    }

    /// <summary>With what to answer a handshake that begins now.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                if (now >= looked && now - looked < LookEvery) return context;
                looked = now;
                Renew();
                if (now - warned >= WarnEvery) Warn();
                return context;
            }
        }
    }

    private void Renew()
    {
        try
        {
            var newest = Written();
            if (newest == written) return;
            // Certificate and key are two files: between their writes they do not fit, and are looked at again.
            context = Read();
            written = newest;
            Note();
        }
        catch (InvalidOperationException e)
        {
            log.CertificateNotRenewed(e.Message);
        }
    }

    private void Note()
    {
        log.CertificateInUse(context.TargetCertificate.Subject, Until);
        Warn();
    }

    private DateTimeOffset Until => new(context.TargetCertificate.NotAfter.ToUniversalTime());

    // Every day again: what should renew it may have stopped long ago.
    private void Warn()
    {
        warned = time.GetUtcNow();
        if (Until - warned < WarnBefore) log.CertificateEndsSoon(Until);
    }

    private (DateTime, DateTime) Written() => (File.GetLastWriteTimeUtc(options.CertificateFile), File.GetLastWriteTimeUtc(options.KeyFile));

    private SslStreamCertificateContext Read()
    {
        var (certificate, key) = (Text("Tls:CertificateFile", options.CertificateFile), Text("Tls:KeyFile", options.KeyFile));
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(certificate);
        }
        catch (CryptographicException)
        {
            all.Clear();
        }

        if (all.Count == 0) throw new InvalidOperationException($"Tls:CertificateFile '{options.CertificateFile}' holds no certificate: expected PEM, the server's own first");
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal)) throw new InvalidOperationException($"Tls:KeyFile '{options.KeyFile}' is locked with a password: write it without one, readable by the hub's user alone");
        X509Certificate2 own;
        try
        {
            own = X509Certificate2.CreateFromPem(all[0].ExportCertificatePem(), key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidOperationException($"Tls:KeyFile '{options.KeyFile}' is not the private key of the certificate in '{options.CertificateFile}': give the key that its request was made with", e);
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (own.NotAfter.ToUniversalTime() <= now) throw new InvalidOperationException($"the certificate in '{options.CertificateFile}' expired on {own.NotAfter.ToUniversalTime():yyyy-MM-dd}: renew it");
        if (own.NotBefore.ToUniversalTime() > now) throw new InvalidOperationException($"the certificate in '{options.CertificateFile}' begins only on {own.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC: check this machine's clock");
        all.RemoveAt(0);
        return SslStreamCertificateContext.Create(own, all, offline: true);
    }

    private static string Text(string key, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{key} '{file}' cannot be read ({e.Message}): the hub's user must be able to read it", e);
        }
    }
}
