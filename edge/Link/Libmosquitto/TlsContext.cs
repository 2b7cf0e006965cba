using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// The TLS context of one attempt to connect: authority, own certificate, TLS 1.2 or newer, and a verification that checks
/// chain, host name and time. Made anew each time, so that renewed files and a better known time count at once.
/// </summary>
internal sealed unsafe class TlsContext : IDisposable
{
    // SSL_CTX_get_app_data: the one slot that OpenSSL leaves to the application.
    private const int ApplicationData = 0;

    private readonly TlsOptions options;
    private GCHandle self;

    private TlsContext(TlsOptions options)
    {
        this.options = options;
        Handle = OpenSsl.NewContext(OpenSsl.ClientMethod());
        if (Handle == 0) throw new LinkUnavailableException("OpenSSL could not make a TLS context");
        self = GCHandle.Alloc(this);
        _ = OpenSsl.SetContextData(Handle, ApplicationData, GCHandle.ToIntPtr(self));
    }

    /// <summary><c>SSL_CTX*</c>.</summary>
    public nint Handle { get; private set; }

    /// <summary>Why the broker's certificate was refused, for a person; null while it was not.</summary>
    public string? Refusal { get; private set; }

    /// <returns>Null when a file cannot be used; <paramref name="wrong"/> says which.</returns>
    public static TlsContext? Open(TlsOptions options, string host, out string? wrong)
    {
        NativeLink.Load(OpenSsl.Ssl);
        var context = new TlsContext(options);
        wrong = context.LoadFiles() ?? context.Protect(host);
        OpenSsl.ClearErrors();
        if (wrong is null) return context;
        context.Dispose();
        return null;
    }

    public void Dispose()
    {
        if (Handle == 0) return;
        OpenSsl.FreeContext(Handle);
        Handle = 0;
        self.Free();
    }

    private string? LoadFiles() =>
        OpenSsl.LoadAuthorities(Handle, options.CaFile) != 1 ? $"cannot read the authority's certificate in {options.CaFile}"
        : options.CertificateFile.Length == 0 ? null
        : OpenSsl.UseCertificate(Handle, options.CertificateFile) != 1 ? $"cannot read the certificate in {options.CertificateFile}"
        : OpenSsl.UseKey(Handle, options.KeyFile, OpenSsl.FilePem) != 1 ? $"cannot read the private key in {options.KeyFile}"
        : OpenSsl.CheckKey(Handle) != 1 ? $"the private key in {options.KeyFile} is not that of {options.CertificateFile}"
        : null;

    private string? Protect(string host)
    {
        _ = OpenSsl.SetOptions(Handle, OpenSsl.NoCompression);
        _ = OpenSsl.Control(Handle, OpenSsl.SetMode, OpenSsl.ModeReleaseBuffers, 0);
        if (OpenSsl.Control(Handle, OpenSsl.SetMinimumVersion, OpenSsl.Tls12, 0) != 1) return "TLS 1.2 cannot be demanded";
        OpenSsl.SetVerify(Handle, OpenSsl.VerifyPeer, &Verify);
        var parameters = OpenSsl.Parameters(Handle);
        OpenSsl.SetHostFlags(parameters, OpenSsl.NoPartialWildcards);
        var named = IPAddress.TryParse(host, out _)
            ? OpenSsl.SetAddress(parameters, host)
            : OpenSsl.SetHost(parameters, host, 0);
        if (named != 1) return $"the host name {host} cannot be verified";
        if (options.VerifyAt is { } at) OpenSsl.SetTime(parameters, (nint)at().ToUnixTimeSeconds());
        return null;
    }

    /// <summary>Hears of every check and changes no verdict.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Verify(int good, nint verification)
    {
        if (good == 1) return good;
        var connection = OpenSsl.VerificationData(verification, OpenSsl.ConnectionIndex());
        var context = (TlsContext)GCHandle.FromIntPtr(OpenSsl.ContextData(OpenSsl.ContextOf(connection), ApplicationData)).Target!;
        context.Refused(verification);
        return good;
    }

    private void Refused(nint verification)
    {
        var error = OpenSsl.VerificationError(verification);
        Refusal ??= Mosquitto.Text(OpenSsl.VerificationText(error));
        // OpenSSL looks at chain, name and signature before it looks at the time of the same certificate.
        if (error != OpenSsl.CertificateNotYetValid || options.BeginsLater is not { } tell) return;
        OpenSsl.BrokenDownTime t;
        if (OpenSsl.ToBrokenDown(OpenSsl.NotBefore(OpenSsl.CurrentCertificate(verification)), &t) == 1)
            tell(new DateTimeOffset(t.Year + 1900, t.Month + 1, t.Day, t.Hour, t.Minute, Math.Min(t.Second, 59), TimeSpan.Zero));
    }
}
