using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// What a vehicle must know of its own certificate before it connects. Read by the library that the link uses anyway:
/// the platform's own would be loaded for this alone.
/// </summary>
/// <param name="Name">The subject's common name; empty without one.</param>
/// <param name="Begins">Start of its validity, UTC.</param>
/// <param name="Ends">End of its validity, UTC.</param>
public sealed record LinkCertificate(string Name, DateTimeOffset Begins, DateTimeOffset Ends)
{
    private const int CommonName = 13;
    private const int LongestName = 256;

    /// <summary>Reads the first certificate of a PEM file.</summary>
    /// <param name="file">The certificate.</param>
    /// <param name="keyFile">When given, its private key without a passphrase, which is checked against it.</param>
    /// <exception cref="InvalidDataException">They cannot be read or do not belong together.</exception>
    public static LinkCertificate Read(string file, string? keyFile = null)
    {
        try
        {
            return ReadByOpenSsl(file, keyFile);
        }
        catch (DllNotFoundException e)
        {
            throw new InvalidDataException($"{OpenSsl.Ssl} is missing: install the Debian package libssl3", e);
        }
    }

    private static unsafe LinkCertificate ReadByOpenSsl(string file, string? keyFile)
    {
        OpenSsl.ClearErrors();
        var context = OpenSsl.NewContext(OpenSsl.ClientMethod());
        if (context == 0) throw Fault();
        try
        {
            OpenSsl.SetPassphrase(context, &NoPassphrase);
            if (OpenSsl.UseCertificate(context, file) != 1) throw Fault();
            if (keyFile is not null && (OpenSsl.UseKey(context, keyFile, OpenSsl.FilePem) != 1 || OpenSsl.CheckKey(context) != 1)) throw Fault();
            var certificate = OpenSsl.CertificateOf(context);
            var name = stackalloc byte[LongestName];
            var length = OpenSsl.NameText(OpenSsl.SubjectOf(certificate), CommonName, name, LongestName);
            return new LinkCertificate(
                length > 0 ? Encoding.UTF8.GetString(name, length) : "", Time(OpenSsl.NotBefore(certificate)), Time(OpenSsl.NotAfter(certificate)));
        }
        finally
        {
            OpenSsl.FreeContext(context);
        }
    }

    private static unsafe DateTimeOffset Time(nint asn1Time)
    {
        OpenSsl.BrokenDownTime t;
        if (OpenSsl.ToBrokenDown(asn1Time, &t) != 1) throw new InvalidDataException("its time of validity cannot be read");
        return new DateTimeOffset(t.Year + 1900, t.Month + 1, t.Day, t.Hour, t.Minute, Math.Min(t.Second, 59), TimeSpan.Zero);
    }

    private static InvalidDataException Fault()
    {
        var reason = Marshal.PtrToStringUTF8(OpenSsl.ErrorText(OpenSsl.LastError()));
        OpenSsl.ClearErrors();
        return new InvalidDataException(reason ?? "it cannot be read");
    }

    // A program without a terminal must not be asked for one.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int NoPassphrase(byte* buffer, int size, int writing, nint data) => 0;
}
